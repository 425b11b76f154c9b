using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Storage.Files;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Copies the write-ahead log into the database, on a thread and a connection of its own.</summary>
/// <remarks>
/// By itself, SQLite does this inside a commit, and every request of that moment waits for it. But the log begins again only
/// when all of it was copied, which cannot happen beside a busy writer. So from time to time the writer copies the little
/// that is left, after it has answered (docs/decisions/0049).
/// </remarks>
internal sealed class SqliteCheckpoints : IDisposable
{
    /// <summary>
    /// After this many more pages, the log is copied: a sync of the database delays the commits beside it, and a short one less.
    /// </summary>
    private const int PagesPerPass = 1_000;

    /// <summary>The length in pages from which the log begins again: 48 MB.</summary>
    private const int PagesPerLog = 12_000;

    private static readonly TimeSpan LogAgainAfter = TimeSpan.FromMinutes(1);

    private readonly SqliteConnection _connection;
    private readonly StoreFiles _files;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private volatile bool _isCopying;
    private volatile bool _isCopied;
    private long _sincePass;
    private long _sinceBeginning;
    private long? _loggedAt;

    /// <param name="connection">A connection that is used for nothing else.</param>
    /// <param name="files">The open files.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Logs failures, once a minute.</param>
    public SqliteCheckpoints(SqliteConnection connection, StoreFiles files, TimeProvider timeProvider, ILogger logger)
    {
        _connection = connection;
        _files = files;
        _timeProvider = timeProvider;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "Scouthook checkpoints" };
        _thread.Start();
    }

    /// <summary>Called by the writer after each commit.</summary>
    /// <param name="writing">Its connection.</param>
    public void Committed(SqliteConnection writing)
    {
        // The counter is an int, and begins again each time.
        SQLitePCL.raw.sqlite3_db_status(
            writing.Handle, SQLitePCL.raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        _sincePass += pages;
        _sinceBeginning += pages;
        if (_isCopying)
        {
            return;
        }

        if (_isCopied && _sinceBeginning >= PagesPerLog)
        {
            _isCopied = false;
            (_sincePass, _sinceBeginning) = (0, 0);
            TryCopy(writing);
        }
        else if (_sincePass >= PagesPerPass)
        {
            _sincePass = 0;
            _isCopied = false;
            _isCopying = true;
            _asked.Release();
        }
    }

    public void Dispose()
    {
        _isStopping = true;
        _asked.Release();
        _thread.Join();
        _asked.Dispose();
        _connection.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _asked.Wait();
            if (_isStopping)
            {
                return;
            }

            _isCopied = TryCopy(_connection);
            _isCopying = false;
        }
    }

    /// <summary>Copies what the log contains now.</summary>
    /// <returns>Whether that was all of it: no reader of an earlier state was in the way.</returns>
    private bool TryCopy(SqliteConnection connection)
    {
        _files.BeginCopying();
        try
        {
            var result = SQLitePCL.raw.sqlite3_wal_checkpoint_v2(
                connection.Handle, "main", SQLitePCL.raw.SQLITE_CHECKPOINT_PASSIVE, out var length, out var copied);
            if (result == SQLitePCL.raw.SQLITE_BUSY)
            {
                // The other thread is copying.
                return false;
            }

            SqliteException.ThrowExceptionForRC(result, connection.Handle);
            return length == copied;
        }
        catch (SqliteException exception)
        {
            // Everything is in the log, which grows until this succeeds.
            Log(exception);
            return false;
        }
        finally
        {
            _files.EndCopying();
        }
    }

    private void Log(SqliteException exception)
    {
        if (_loggedAt is { } at && _timeProvider.GetElapsedTime(at) < LogAgainAfter)
        {
            return;
        }

        _loggedAt = _timeProvider.GetTimestamp();
        LogGuard.Run(() => InboxLog.CheckpointFailed(_logger, SqliteErrors.Describe(exception)));
    }
}
