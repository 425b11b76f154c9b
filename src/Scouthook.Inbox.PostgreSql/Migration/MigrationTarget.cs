using System.Security.Cryptography;
using System.Xml.Linq;
using Npgsql;
using Scouthook.Inbox.Storage.Sqlite.Export;

namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>The database that a store is moved to: empty, or with what an earlier run of the same migration has copied.</summary>
/// <param name="connection">A connection.</param>
/// <param name="location">Describes the database.</param>
/// <param name="source">Describes the old store.</param>
internal sealed class MigrationTarget(NpgsqlConnection connection, string location, string source)
{
    private const string Marks = $"{PostgreSqlMigrationMark.Table}_table";

    /// <summary>Identifies this run, so that an earlier one that still runs somewhere writes nothing more.</summary>
    private readonly Guid _run = new(RandomNumberGenerator.GetBytes(16));

    private readonly Dictionary<string, long> _copied = [];

    public NpgsqlConnection Connection => connection;

    /// <summary>True if an earlier run had begun.</summary>
    public bool IsResumed { get; private set; }

    public long CopiedOf(ExportTable table) => _copied.GetValueOrDefault(table.Name);

    /// <summary>Creates the tables and marks the database as incomplete, or finds how far an earlier run has come.</summary>
    /// <exception cref="InboxRefusedException">The database must not be used for this.</exception>
    public void Begin(SqliteExport export, string state, IReadOnlyList<KeyValuePair<string, XElement>> keys)
    {
        PostgreSqlDatabase.RequireVersion(connection, location);

        // First, as the tables of another store must not be upgraded.
        using (var transaction = BeginLocked())
        {
            Check(transaction, export, state);
        }

        PostgreSqlSchema.Upgrade(connection, location);
        using (var transaction = BeginLocked())
        {
            Check(transaction, export, state);
            if (IsResumed)
            {
                Statement(transaction, $"UPDATE {PostgreSqlMigrationMark.Table} SET run = $1").Execute(_run);
                ReadMarks(transaction);
            }
            else
            {
                Statement(transaction, "UPDATE store SET id = $1, fingerprint_key = $2").Execute(export.StoreId, export.FingerprintKey);
                Statement(transaction, $"CREATE TABLE {PostgreSqlMigrationMark.Table} (run uuid NOT NULL, source text NOT NULL, state text NOT NULL)")
                    .Execute();
                Statement(transaction, $"CREATE TABLE {Marks} (name text PRIMARY KEY, rows bigint NOT NULL)").Execute();
                Statement(transaction, $"INSERT INTO {PostgreSqlMigrationMark.Table} (run, source, state) VALUES ($1, $2, $3)")
                    .Execute(_run, source, state);
                MigratedKeys.Write(connection, transaction, keys);
            }

            transaction.Commit();
        }
    }

    /// <summary>Starts the transaction of a chunk. It need not wait for the disk: the last one does, for all before.</summary>
    public NpgsqlTransaction BeginChunk()
    {
        var transaction = connection.BeginTransaction();
        Statement(transaction, "SET LOCAL synchronous_commit = off").Execute();
        RequireRun(transaction);
        return transaction;
    }

    /// <summary>Records a chunk, in its transaction.</summary>
    public void Mark(NpgsqlTransaction transaction, ExportTable table, long copied)
    {
        Statement(transaction, $"INSERT INTO {Marks} (name, rows) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET rows = excluded.rows")
            .Execute(table.Name, copied);
        _copied[table.Name] = copied;
    }

    /// <summary>Completes the store: numbers continue where they were, and gateways may use it.</summary>
    public void Finish(SqliteExport export)
    {
        using var transaction = BeginLocked();
        RequireRun(transaction);
        foreach (var table in ExportTables.All.Where(table => table.Numbered is not null))
        {
            // The numbers of events come from a sequence of its own.
            Statement(
                transaction,
                table.Name == "event"
                    ? "SELECT setval('event_sequence', greatest($1, 1), $1 > 0)"
                    : $"SELECT setval(pg_get_serial_sequence('{table.Name}', '{table.Numbered}'), greatest($1, 1), $1 > 0)")
                .Execute(export.LastNumber(table));
        }

        // Everything copied has its number in the change log, or was stored before there was one.
        Statement(transaction, PostgreSqlChangeNumbers.MarkAll).Execute();
        Statement(transaction, $"DROP TABLE {Marks}, {PostgreSqlMigrationMark.Table}").Execute();
        transaction.Commit();
    }

    /// <summary>Says that the old store was used between two runs, or while this one copied.</summary>
    public string ChangedStore() =>
        $"The store in {source} has changed since its migration to {location} began: a gateway has used it. Stop that gateway, empty the "
        + "database, and run the command again.";

    private void Check(NpgsqlTransaction transaction, SqliteExport export, string state)
    {
        IsResumed = PostgreSqlMigrationMark.Exists(connection, transaction);
        var id = Exists(transaction, "store") ? Statement(transaction, "SELECT id FROM store").Scalar() as Guid? : null;
        if (!IsResumed)
        {
            if (id == export.StoreId)
            {
                throw new InboxRefusedException($"The database {location} contains this store already. Nothing was copied.");
            }

            if (FilledTable(transaction) is { } filled)
            {
                throw new InboxRefusedException(
                    $"The database {location} contains another store (there are rows in its table {filled}). Use an empty database.");
            }

            return;
        }

        using var row = Statement(transaction, $"SELECT source, state FROM {PostgreSqlMigrationMark.Table}").Read();
        row.Read();
        if (id != export.StoreId)
        {
            throw new InboxRefusedException(
                $"The database {location} contains a part of another store, {row.GetString(0)}, whose migration has not finished. Use "
                + "an empty database.");
        }

        if (row.GetString(1) != state)
        {
            throw new InboxRefusedException(ChangedStore());
        }
    }

    private string? FilledTable(NpgsqlTransaction transaction) => ExportTables.All.Select(table => table.Name)
        .Concat(["leader", "new_attempt", MigratedKeys.Table])
        .FirstOrDefault(table => Exists(transaction, table)
            && Statement(transaction, $"SELECT EXISTS (SELECT 1 FROM {table})").Scalar() is true);

    private bool Exists(NpgsqlTransaction transaction, string table) =>
        Statement(transaction, $"SELECT to_regclass('{table}') IS NOT NULL").Scalar() is true;

    private void ReadMarks(NpgsqlTransaction transaction)
    {
        using var rows = Statement(transaction, $"SELECT name, rows FROM {Marks}").Read();
        while (rows.Read())
        {
            _copied[rows.GetString(0)] = rows.GetInt64(1);
        }
    }

    private void RequireRun(NpgsqlTransaction transaction)
    {
        if (Statement(transaction, $"UPDATE {PostgreSqlMigrationMark.Table} SET run = $1 WHERE run = $1").Execute(_run) == 0)
        {
            throw new InboxRefusedException($"Another migration to {location} has started. This one has stopped.");
        }
    }

    /// <summary>Starts a transaction that is alone with the tables, and whose commit waits for the disk.</summary>
    private NpgsqlTransaction BeginLocked()
    {
        var transaction = connection.BeginTransaction();
        Statement(transaction, PostgreSqlSession.Synced).Execute();
        Statement(transaction, "SELECT pg_advisory_xact_lock($1, $2)").Execute(PostgreSqlSession.LockClass, (int)PostgreSqlLock.Schema);
        return transaction;
    }

    private PostgreSqlStatement Statement(NpgsqlTransaction transaction, string sql) => new(connection, transaction, sql);
}
