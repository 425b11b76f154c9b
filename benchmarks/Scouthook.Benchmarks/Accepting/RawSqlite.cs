using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>
/// The baseline: a loop that writes rows of the same size into one table, 32 per fsync'd transaction.
/// </summary>
internal static class RawSqlite
{
    private const int RowsPerTransaction = 32;

    public static double RowsPerSecond(string directory, SignedEvents events, TimeSpan time)
    {
        var bodies = Enumerable.Range(0, 1_000).Select(_ => events.NextBody().Body).ToArray();
        var file = Path.Combine(directory, $"raw-{Guid.NewGuid():N}.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "CREATE TABLE event (sequence INTEGER PRIMARY KEY, id BLOB, name TEXT, at INTEGER, body BLOB)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO event (id, name, at, body) VALUES ($id, $name, $at, $body)";
        var id = insert.Parameters.Add("$id", SqliteType.Blob);
        var name = insert.Parameters.Add("$name", SqliteType.Text);
        var at = insert.Parameters.Add("$at", SqliteType.Integer);
        var body = insert.Parameters.Add("$body", SqliteType.Blob);
        insert.Prepare();

        var rows = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var index = 0; index < RowsPerTransaction; index++, rows++)
            {
                id.Value = Guid.CreateVersion7().ToByteArray();
                name.Value = "convo.tags";
                at.Value = watch.ElapsedTicks;
                body.Value = bodies[rows % bodies.Length];
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
