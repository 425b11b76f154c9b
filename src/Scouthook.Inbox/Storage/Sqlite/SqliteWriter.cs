using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The one writer of a database file: a thread of its own that runs one piece of work after the other.</summary>
/// <remarks>
/// SQLite has one writer at a time in any case, and its calls block. With one thread nobody ever waits for a lock, the
/// order of commit is the order of <c>sequence</c>, and receiving goes before everything else. While the store cannot
/// be opened, work fails at once and opening is tried again every second.
/// </remarks>
internal sealed class SqliteWriter : IDisposable
{
    private static readonly TimeSpan Reopening = TimeSpan.FromSeconds(1);

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _gate = new();
    private readonly Queue<Action> _receiving = new();
    private readonly Queue<Action> _other = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Thread _thread;
    private SqliteSession? _session;
    private InboxUnavailableException? _openProblem;
    private long _triedToOpenAt;
    private volatile bool _stopping;

    public SqliteWriter(SqliteDatabase database, TimeProvider timeProvider)
    {
        _database = database;
        _timeProvider = timeProvider;
        _thread = new Thread(Run) { IsBackground = true, Name = "Scouthook store" };
        _thread.Start();
    }

    /// <summary>Runs work in a transaction of its own, which is committed and on disk when the task ends.</summary>
    /// <exception cref="InboxUnavailableException">Nothing was written, for a reason that may pass.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work, bool receiving = false)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            (receiving ? _receiving : _other).Enqueue(() => Execute(work, done));
        }

        _work.Release();
        return done.Task;
    }

    /// <summary>Finishes what was asked for, then closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
        }

        _work.Release();
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _work.Wait();
            Action? next;
            lock (_gate)
            {
                if (!_receiving.TryDequeue(out next) && !_other.TryDequeue(out next))
                {
                    // Woken without work: the end.
                    break;
                }
            }

            next();
        }

        _session?.Dispose();
    }

    private void Execute<T>(Func<SqliteSession, T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(Transact(work));
        }
        catch (SqliteException problem) when (SqliteErrors.MayPass(problem))
        {
            done.SetException(new InboxUnavailableException(
                $"The store {_database.Path}: {SqliteErrors.Words(problem)}.", problem));
        }
        catch (Exception problem)
        {
            done.SetException(problem);
        }
    }

    private T Transact<T>(Func<SqliteSession, T> work)
    {
        var session = Session();
        try
        {
            session.Begin();
            var result = work(session);
            session.Commit();
            return result;
        }
        catch
        {
            if (!session.TryRollback())
            {
                session.Dispose();
                _session = null;
            }

            throw;
        }
    }

    private SqliteSession Session()
    {
        if (_session is not null)
        {
            return _session;
        }

        if (_openProblem is not null && _timeProvider.GetElapsedTime(_triedToOpenAt) < Reopening)
        {
            throw _openProblem;
        }

        _triedToOpenAt = _timeProvider.GetTimestamp();
        try
        {
            _session = new SqliteSession(_database.OpenWriter());
            _openProblem = null;
            return _session;
        }
        catch (InboxUnavailableException problem)
        {
            _openProblem = problem;
            throw;
        }
    }
}
