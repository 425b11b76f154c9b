using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>One database file: who may use it, how connections to it are set up, and its schema.</summary>
/// <remarks>
/// What makes a commit durable (<c>synchronous</c>) and what makes readers wait instead of fail (<c>busy_timeout</c>)
/// belong to a connection and not to the file. So they are set on every connection, and read back: a store that is
/// silently less than durable would break the promise this project exists for.
/// </remarks>
internal sealed class SqliteDatabase(string path) : IDisposable
{
    private const int BusyTimeoutMilliseconds = 5_000;

    private static readonly string[] NetworkFormats =
        ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "9p", "fuse.sshfs", "fuseblk.sshfs"];

    private FileStream? _lock;

    public string Path { get; } = path;

    /// <summary>Takes the directory, and opens the connection that writes; creates or upgrades the schema.</summary>
    /// <exception cref="InboxRefusedException">The file must not be used.</exception>
    /// <exception cref="InboxUnavailableException">It cannot be used now.</exception>
    public SqliteConnection OpenWriter()
    {
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        try
        {
            Directory.CreateDirectory(directory);
            RefuseNetworkDisk(directory);
            _lock ??= TakeLock(directory);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InboxUnavailableException(
                $"The data directory {directory} cannot be written ({problem.GetType().Name}).", problem);
        }

        // Readers that were opened while the files could not be written keep SQLite's shared memory read-only, for the whole
        // process and for as long as one of them is open, idle ones in the pool too.
        using (var reader = new SqliteConnection(ConnectionString(readOnly: true)))
        {
            SqliteConnection.ClearPool(reader);
        }

        var connection = Open(readOnly: false);
        try
        {
            SqliteSchema.Upgrade(connection, Path);
            return connection;
        }
        catch (SqliteException problem)
        {
            connection.Dispose();
            throw Translate(problem);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that only reads; the caller disposes it, and it goes back to a pool.</summary>
    public SqliteConnection OpenReader() => Open(readOnly: true);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _lock?.Dispose();
    }

    private SqliteConnection Open(bool readOnly)
    {
        var connection = new SqliteConnection(ConnectionString(readOnly));
        try
        {
            connection.Open();
            Set(connection, "busy_timeout", BusyTimeoutMilliseconds);
            if (readOnly)
            {
                Set(connection, "query_only", 1);
                return connection;
            }

            // Takes effect only in a file without tables; files made here shrink when retention frees pages.
            Execute(connection, "PRAGMA auto_vacuum = INCREMENTAL");
            var mode = Execute(connection, "PRAGMA journal_mode = WAL");
            if (!mode.Equals("wal", StringComparison.OrdinalIgnoreCase))
            {
                throw new InboxRefusedException(
                    $"The store {Path} cannot use a write-ahead log (it answered {mode}). Put it on a local disk.");
            }

            Set(connection, "synchronous", 2);
            Set(connection, "foreign_keys", 1);
            Execute(connection, "PRAGMA temp_store = MEMORY");
            Execute(connection, "PRAGMA cache_size = -32768");
            Execute(connection, "PRAGMA wal_autocheckpoint = 4000");
            return connection;
        }
        catch (SqliteException problem)
        {
            connection.Dispose();
            throw Translate(problem);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string ConnectionString(bool readOnly) => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        Mode = readOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
        Pooling = readOnly,
        DefaultTimeout = BusyTimeoutMilliseconds / 1_000,
    }.ToString();

    /// <summary>What to throw for an error while opening.</summary>
    private Exception Translate(SqliteException problem) => SqliteErrors.MayPass(problem)
        ? new InboxUnavailableException($"The store {Path}: {SqliteErrors.Words(problem)}.", problem)
        : new InboxRefusedException(
            $"The store {Path} is damaged or not a database ({SqliteErrors.Words(problem)}). Restore it from a backup, "
            + "or move it away to start with an empty one.");

    private static void Set(SqliteConnection connection, string pragma, int value)
    {
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA {pragma} = {value}"));
        var inForce = Execute(connection, $"PRAGMA {pragma}");
        if (inForce != value.ToString(CultureInfo.InvariantCulture))
        {
            throw new InboxRefusedException(
                $"SQLite did not take {pragma} = {value} (it answers {inForce}); the store would not keep its promises.");
        }
    }

    private static string Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static void RefuseNetworkDisk(string directory)
    {
        var format = new DriveInfo(directory).DriveFormat;
        if (NetworkFormats.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            throw new InboxRefusedException(
                $"The data directory {directory} is on a network disk ({format}), where SQLite's write-ahead log does not "
                + "work. Use a local disk, or PostgreSQL.");
        }
    }

    private static FileStream TakeLock(string directory)
    {
        var file = System.IO.Path.Combine(directory, "scouthook.lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (IsTaken(problem))
        {
            throw new InboxRefusedException(
                $"The data directory {directory} is in use by another Scouthook. Stop that one, or give this one a "
                + "directory of its own.");
        }
    }

    // A sharing violation: 0x80070020 on Windows, EAGAIN elsewhere.
    private static bool IsTaken(IOException problem) =>
        problem.GetType() == typeof(IOException) && problem.HResult is unchecked((int)0x80070020) or 11 or 35;
}
