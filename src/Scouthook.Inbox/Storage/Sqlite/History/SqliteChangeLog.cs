using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads the change log of one SQLite file.</summary>
internal sealed class SqliteChangeLog(SqliteReader reader) : IChangeLog
{
    public Task<long> LastAsync(CancellationToken cancellationToken) => reader.ReadAsync(connection => Last(connection, reader.Durable.Changes), cancellationToken);

    public Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync(connection => Read(connection, after, limit, reader.Durable.Changes), cancellationToken);

    private static long Last(SqliteConnection connection, long durable) => connection.ExecuteScalar<long?>(
        "SELECT change_id + ids - 1 FROM change WHERE change_id <= @durable ORDER BY change_id DESC LIMIT 1", new { durable }) ?? 0;

    private static ChangePage Read(SqliteConnection connection, long after, int limit, long durable)
    {
        // One snapshot for all look-ups, so that nothing is removed between them.
        using var snapshot = connection.BeginTransaction(deferred: true);
        var first = connection.ExecuteScalar<long?>("SELECT change_id FROM change ORDER BY change_id LIMIT 1", transaction: snapshot);
        var rows = connection.ReadRows(
            $"""
            SELECT {ChangeRow.Columns}
            FROM change
            WHERE change_id >= coalesce((SELECT max(change_id) FROM change WHERE change_id <= @next), @next)
              AND change_id <= @durable
            ORDER BY change_id LIMIT @limit
            """,
            new { next = after + 1, limit, durable },
            ChangeRow.Read,
            snapshot);
        return ChangeRow.ToPage(rows, first, after, limit, FindAttempts, FindEvents);

        Func<long, long, (Delivery, Attempt)?> FindAttempts(IReadOnlyCollection<long> keys)
        {
            var deliveries = SqliteDeliveryHistory.Find(connection, keys, snapshot);
            var attempts = SqliteDeliveryHistory.Attempts(connection, keys, snapshot);
            return (key, number) => deliveries.TryGetValue(key, out var delivery) && attempts.TryGetValue((key, number), out var attempt)
                ? (delivery, attempt)
                : null;
        }

        List<StoredEvent> FindEvents(long from, long to) => connection.ReadRows(
            SqliteEventRow.Select + " WHERE e.sequence >= @from AND e.sequence < @to ORDER BY e.sequence",
            new { from, to },
            EventRow.Read,
            snapshot);
    }
}
