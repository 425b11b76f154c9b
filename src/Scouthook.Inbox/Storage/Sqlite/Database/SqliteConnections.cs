using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Creates connections to an existing database file; none of them ever creates the file.</summary>
/// <remarks>
/// The settings that make a commit durable (<c>synchronous</c>) and make readers wait instead of fail
/// (<c>busy_timeout</c>) belong to a connection and not to the file. So they are set on every connection, and read
/// back: a store that is silently less than durable would break the central promise of this project.
/// </remarks>
internal static class SqliteConnections
{
    private const int BusyTimeoutMilliseconds = 5_000;

    public static SqliteConnection OpenWriter(string path) => Open(path, isReader: false);

    /// <summary>Opens a read-only connection.</summary>
    public static SqliteConnection OpenReader(string path) => Open(path, isReader: true);

    /// <summary>Opens a connection that copies the write-ahead log into the database while another one writes.</summary>
    public static SqliteConnection OpenCheckpointer(string path)
    {
        var connection = new SqliteConnection(ConnectionString(path));
        try
        {
            connection.Open();
            Set(connection, "busy_timeout", BusyTimeoutMilliseconds);

            // The log is synced before it is copied, and the database before the log may begin again.
            Set(connection, "synchronous", 2);
            KeepLog(connection);

            // The file is opened by the first access.
            Execute(connection, "SELECT count(*) FROM sqlite_schema");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the connection leave the write-ahead log in place when it is the last one to close.</summary>
    public static void KeepLog(SqliteConnection connection) =>
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

    /// <summary>
    /// Reads the id from the database file alone, without its log; <see langword="null"/> if it is not a store.
    /// </summary>
    /// <remarks>Opened this way, SQLite creates no file next to it and takes no lock.</remarks>
    /// <exception cref="SqliteException">It cannot be read as a database.</exception>
    public static byte[]? ReadIdOf(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = new Uri(path).AbsoluteUri + "?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return ReadId(connection);
    }

    /// <summary>
    /// Reads the id of a store; <see langword="null"/> if it is not a store, or was never opened by this version.
    /// </summary>
    public static byte[]? ReadId(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'store'";
        if ((long)command.ExecuteScalar()! == 0)
        {
            return null;
        }

        command.CommandText = "SELECT id FROM store";
        return command.ExecuteScalar() as byte[];
    }

    public static string Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static SqliteConnection Open(string path, bool isReader)
    {
        var connection = new SqliteConnection(ConnectionString(path));
        try
        {
            connection.Open();
            Set(connection, "busy_timeout", BusyTimeoutMilliseconds);
            if (isReader)
            {
                Set(connection, "query_only", 1);
                KeepLog(connection);
                return connection;
            }

            // Takes effect only in a file without tables; files created here shrink when retention frees pages.
            Execute(connection, "PRAGMA auto_vacuum = INCREMENTAL");
            var mode = Execute(connection, "PRAGMA journal_mode = WAL");
            if (!mode.Equals("wal", StringComparison.OrdinalIgnoreCase))
            {
                throw new InboxRefusedException(
                    $"The store {path} cannot use a write-ahead log (it reported {mode}). Put it on a local disk.");
            }

            // Otherwise SQLite plans a statement again at every execution whose plan could use the value of a parameter,
            // such as a limit.
            raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
            Set(connection, "synchronous", 2);
            Set(connection, "foreign_keys", 1);
            Execute(connection, "PRAGMA temp_store = MEMORY");
            Execute(connection, "PRAGMA cache_size = -32768");
            Execute(connection, "PRAGMA wal_autocheckpoint = 4000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
        DefaultTimeout = BusyTimeoutMilliseconds / 1_000,
    }.ToString();

    private static void Set(SqliteConnection connection, string pragma, int value)
    {
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA {pragma} = {value}"));
        var inForce = Execute(connection, $"PRAGMA {pragma}");
        if (inForce != value.ToString(CultureInfo.InvariantCulture))
        {
            throw new InboxRefusedException(
                $"SQLite rejected {pragma} = {value} (it reports {inForce}), so the store could not guarantee durability.");
        }
    }
}
