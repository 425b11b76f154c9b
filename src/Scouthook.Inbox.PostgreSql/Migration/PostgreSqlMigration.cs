using System.Xml.Linq;
using Npgsql;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Storage.Sqlite.Export;

namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>Moves the SQLite store of a data directory, and its key ring, to an empty database.</summary>
/// <remarks>
/// Each chunk is one transaction with its progress, so a migration that was killed is continued by the next run. At the end
/// both stores are read completely and compared. The old store is not changed, except that an older schema is upgraded.
/// </remarks>
/// <param name="directory">The full path of the data directory.</param>
/// <param name="file">The full path of the store.</param>
/// <param name="connectionString">The connection string of the database.</param>
/// <param name="report">Is called while it runs.</param>
internal sealed class PostgreSqlMigration(string directory, string file, string connectionString, Action<MigrationProgress> report)
{
    private const int MaxRows = 2_000;
    private const long MaxBytes = 4 * 1024 * 1024;
    private const int ReportEvery = 500;

    private readonly NpgsqlConnectionStringBuilder _settings = Settings(connectionString);

    /// <summary>Describes the database. Contains no secrets.</summary>
    public string Location => PostgreSqlDatabase.LocationOf(_settings);

    /// <exception cref="InboxRefusedException">Waiting does not help; the message says what to do.</exception>
    /// <exception cref="InboxUnavailableException">It can be continued later.</exception>
    public async Task<MigrationResult> RunAsync(CancellationToken cancellationToken)
    {
        MigrationTarget? target = null;
        try
        {
            using var export = SqliteExport.Open(file);
            var (keys, fingerprint) = ReadKeys(export);
            await using var source = new NpgsqlDataSourceBuilder(_settings.ConnectionString).Build();
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            target = new MigrationTarget(connection, Location, directory);
            target.Begin(export, $"{export.State} {fingerprint}", keys);

            await Task.Run(() => Copy(export, target, cancellationToken), cancellationToken);
            await using var second = await source.OpenConnectionAsync(cancellationToken);
            var tables = await VerifyAsync(export, second, keys, target, cancellationToken);
            await using (var command = new NpgsqlCommand(
                $"ANALYZE {string.Join(", ", ExportTables.All.Select(table => table.Name))}", connection))
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            target.Finish(export);
            return new MigrationResult(Location, export.StoreId, export.SchemaBefore, SqliteExport.Schema, target.IsResumed, tables);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new InboxRefusedException(exception.ConstraintName switch
            {
                "endpoint_name" => "Two endpoints have names that the database does not distinguish. Rename one of them first.",
                "source_secret_of" => "Two sources have names that the database does not distinguish. Rename one of them first.",
                _ => target!.ChangedStore(),
            });
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateTable)
        {
            throw new InboxRefusedException(
                $"The database {Location} has tables of another application with the same names. Use a database of its own.");
        }
        catch (NpgsqlException exception)
        {
            throw new InboxUnavailableException($"The database {Location}: {PostgreSqlErrors.Describe(exception)}.", exception);
        }
        catch (TimeoutException exception)
        {
            throw new InboxUnavailableException($"The database {Location}: the server does not respond.", exception);
        }
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = PostgreSqlDatabase.Settings(connectionString);

        // Of large tables, one statement reads all rows.
        settings.CommandTimeout = 0;
        return settings;
    }

    private (IReadOnlyList<KeyValuePair<string, XElement>> Keys, string Fingerprint) ReadKeys(SqliteExport export)
    {
        var keyRing = new FileXmlRepository(DataDirectory.KeysIn(directory));
        try
        {
            var keys = keyRing.ReadNamed();
            return keys.Count > 0 || !export.HasSecrets
                ? (keys, keyRing.Fingerprint())
                : throw new InboxRefusedException(
                    $"The store in {directory} contains encrypted secrets, and {keyRing.Location} no key to decrypt them. Copy the key ring "
                    + "there. If it is lost for good, start the gateway and rotate the secrets first.");
        }
        catch (KeyRingUnusableException exception)
        {
            throw new InboxRefusedException(exception.Message);
        }
    }

    private void Copy(SqliteExport export, MigrationTarget target, CancellationToken cancellationToken)
    {
        var total = ExportTables.All.Sum(export.CountRows);
        var done = ExportTables.All.Sum(target.CopiedOf);
        report(new MigrationProgress(MigrationPhase.Copying, done, total));
        foreach (var table in ExportTables.All)
        {
            var copied = target.CopiedOf(table);
            using var rows = export.Read(table, copied);
            for (var isMore = rows.Read(); isMore;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var before = copied;
                using (var transaction = target.BeginChunk())
                {
                    using (var importer = TableCopy.BeginImport(target.Connection, table))
                    {
                        var size = 0L;
                        do
                        {
                            size += TableCopy.Write(importer, rows, table);
                            copied++;
                            isMore = rows.Read();
                        }
                        while (isMore && copied - before < MaxRows && size < MaxBytes);
                        importer.Complete();
                    }

                    target.Mark(transaction, table, copied);
                    transaction.Commit();
                }

                done += copied - before;
                report(new MigrationProgress(MigrationPhase.Copying, done, total));
            }
        }

        // Some rows were counted that do not move.
        report(new MigrationProgress(MigrationPhase.Copying, done, done));
    }

    /// <summary>Reads both stores completely, at the same time, and compares the numbers and hashes of their rows.</summary>
    private async Task<IReadOnlyList<MigratedTable>> VerifyAsync(
        SqliteExport export,
        NpgsqlConnection connection,
        IReadOnlyList<KeyValuePair<string, XElement>> keys,
        MigrationTarget target,
        CancellationToken cancellationToken)
    {
        var total = ExportTables.All.Sum(target.CopiedOf);
        var done = 0L;
        var verified = new List<MigratedTable>();
        report(new MigrationProgress(MigrationPhase.Verifying, 0, total));
        foreach (var table in ExportTables.All)
        {
            var before = Task.Run(() => TableCopy.DigestOf(export, table, OnRow), cancellationToken);
            var after = Task.Run(() => TableCopy.DigestOf(connection, table, cancellationToken), cancellationToken);
            await Task.WhenAll(before, after);
            Compare(await before, await after);
        }

        Compare(MigratedKeys.DigestOf(keys), MigratedKeys.DigestOf(connection));
        report(new MigrationProgress(MigrationPhase.Verifying, total, total));
        return verified;

        void OnRow()
        {
            if (++done % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report(new MigrationProgress(MigrationPhase.Verifying, done, total));
            }
        }

        void Compare(MigratedTable before, MigratedTable after) => verified.Add(before == after
            ? after
            : throw new InboxRefusedException(
                $"The table {before.Name} differs: it has {before.Rows} rows before and {after.Rows} rows after the migration. "
                + target.ChangedStore()));
    }
}
