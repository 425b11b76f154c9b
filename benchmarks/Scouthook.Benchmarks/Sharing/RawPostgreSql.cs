using System.Diagnostics;
using Npgsql;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Sharing;

/// <summary>
/// The yardstick of the shared store: a loop that inserts rows of the same size with one statement per synced transaction, into
/// one table with its primary key, and does nothing else.
/// </summary>
internal sealed class RawPostgreSql : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly byte[][] _bodies;

    public RawPostgreSql(string connectionString, SignedEvents events)
    {
        _bodies = [.. Enumerable.Range(0, 1_024).Select(_ => events.NextBody().Body)];
        _connection = new NpgsqlConnection(connectionString);
        _connection.Open();
        using var command = new NpgsqlCommand(
            "CREATE TABLE event (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid, name text, at bigint, body bytea)", _connection);
        command.ExecuteNonQuery();
    }

    /// <param name="batch">The rows per transaction.</param>
    /// <param name="time">How long to insert.</param>
    /// <returns>Rows per second.</returns>
    public double Measure(int batch, TimeSpan time)
    {
        var rows = 0;
        var watch = Stopwatch.StartNew();
        do
        {
            Write(rows, batch);
            rows += batch;
        }
        while (watch.Elapsed < time);

        return rows / watch.Elapsed.TotalSeconds;
    }

    public void Dispose() => _connection.Dispose();

    private void Write(int first, int batch)
    {
        using var transaction = _connection.BeginTransaction();
        using var insert = new NpgsqlCommand(
            "INSERT INTO event (id, name, at, body) SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bytea[])", _connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter { Value = Enumerable.Range(0, batch).Select(_ => Guid.CreateVersion7()).ToArray() },
                new NpgsqlParameter { Value = Enumerable.Repeat("convo.status", batch).ToArray() },
                new NpgsqlParameter { Value = Enumerable.Repeat(Environment.TickCount64, batch).ToArray() },
                new NpgsqlParameter { Value = Enumerable.Range(first, batch).Select(row => _bodies[row % _bodies.Length]).ToArray() },
            },
        };
        insert.ExecuteNonQuery();
        transaction.Commit();
    }
}
