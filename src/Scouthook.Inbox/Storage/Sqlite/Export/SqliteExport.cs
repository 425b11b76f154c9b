using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite.Export;

/// <summary>Reads everything in a store that no process uses, table by table, as of one moment.</summary>
/// <remarks>
/// It holds the lock of the data directory. Older schemas are upgraded first, which is the only change it makes; apart from
/// that the file is read in one transaction.
/// </remarks>
internal sealed class SqliteExport : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteConnection _connection;

    private SqliteExport(SqliteDatabase database, SqliteConnection connection)
    {
        _database = database;
        _connection = connection;
        using var identity = new SqliteStatement(connection, "SELECT id, fingerprint_key FROM store");
        using var row = identity.Read();
        row.Read();
        StoreId = new Guid(row.GetBytes(0), bigEndian: true);
        FingerprintKey = row.GetBytes(1);
        State = ReadState();
    }

    /// <summary>The version of the tables before they were upgraded.</summary>
    public long SchemaBefore => _database.SchemaBefore ?? Schema;

    /// <summary>The version of the tables.</summary>
    public static long Schema => SqliteSchema.Version;

    public Guid StoreId { get; }

    /// <summary>The key of the fingerprints of secrets of sources.</summary>
    public byte[] FingerprintKey { get; }

    /// <summary>A value that changes when the store is used: a gateway counts, stamps and numbers what it does.</summary>
    public string State { get; }

    /// <summary>True if it contains secrets that only its key ring decrypts.</summary>
    public bool HasSecrets => Number(
        """
        SELECT EXISTS (SELECT 1 FROM endpoint WHERE secrets IS NOT NULL) OR EXISTS (SELECT 1 FROM source_secret WHERE secret IS NOT NULL)
        """) != 0;

    /// <summary>Locks, upgrades and opens a store.</summary>
    /// <param name="path">The full path of the file, which exists.</param>
    /// <exception cref="InboxRefusedException">Another process uses it, it is damaged, or it was written by a newer version.</exception>
    /// <exception cref="InboxUnavailableException">It cannot be opened now.</exception>
    public static SqliteExport Open(string path)
    {
        var database = new SqliteDatabase(path);
        SqliteConnection? connection = null;
        try
        {
            connection = database.OpenWriter();
            SqliteConnections.Execute(connection, "PRAGMA query_only = 1");
            connection.CreateFunction(
                "storable", (byte[] text) => Encoding.UTF8.GetString(text).Replace('\0', '\ufffd'), isDeterministic: true);
            SqliteConnections.Execute(connection, "BEGIN");
            return new SqliteExport(database, connection);
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            database.Dispose();
            if (exception is SqliteException failure)
            {
                throw Translate(database, failure);
            }

            throw;
        }
    }

    public long CountRows(ExportTable table) => Number($"SELECT count(*) FROM {table.Name}");

    /// <summary>Returns the highest number ever assigned; 0 if there is none.</summary>
    public long LastNumber(ExportTable table) => Number(
        $"""
        SELECT max(
          coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'), 0),
          coalesce((SELECT max({table.Numbered}) FROM {table.Name}), 0))
        """);

    /// <summary>Starts to read the rows of a table, always in the same order.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">How many rows to skip.</param>
    public ExportRows Read(ExportTable table, long after)
    {
        var statement = new SqliteStatement(_connection, table.Query);
        try
        {
            return new ExportRows(statement, statement.Read(after), exception => Translate(_database, exception));
        }
        catch (SqliteException exception)
        {
            statement.Dispose();
            throw Translate(_database, exception);
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static Exception Translate(SqliteDatabase database, SqliteException exception) => SqliteErrors.IsCorrupt(exception)
        ? new InboxRefusedException(database.CorruptFault(exception).Reason) { IsCorrupt = true }
        : new InboxUnavailableException($"The store {database.Path}: {SqliteErrors.Describe(exception)}.", exception);

    private string ReadState()
    {
        var marks = StoreMarks.Read(_connection);
        var upkeep = SqliteConnections.Execute(
            _connection, "SELECT group_concat(name || '=' || value) FROM (SELECT name, value FROM upkeep ORDER BY name)");
        var positions = SqliteConnections.Execute(
            _connection, "SELECT group_concat(dispatched_through) FROM (SELECT dispatched_through FROM endpoint_position ORDER BY endpoint_id)");
        var lastEvent = Convert.ToHexString(marks.LastEvent ?? []);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{marks.Rows} {marks.Changes} {marks.LastSequence} {lastEvent} {marks.Deliveries} {upkeep} {positions}"))));
    }

    private long Number(string sql)
    {
        try
        {
            using var statement = new SqliteStatement(_connection, sql);
            return (long)statement.Scalar()!;
        }
        catch (SqliteException exception)
        {
            throw Translate(_database, exception);
        }
    }
}
