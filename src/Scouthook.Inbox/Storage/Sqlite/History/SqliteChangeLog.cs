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
        var rows = connection.Query<Row>(
            """
            SELECT change_id AS Id, ids AS Ids, sequence AS Sequence, delivery_id AS DeliveryId, number AS Number
            FROM change
            WHERE change_id >= coalesce((SELECT max(change_id) FROM change WHERE change_id <= @next), @next)
              AND change_id <= @durable
            ORDER BY change_id LIMIT @limit
            """,
            new { next = after + 1, limit, durable },
            snapshot).AsList();
        var isGap = first is { } kept && kept > after + 1 && after > 0;

        rows.RemoveAll(row => row.Id + row.Ids - 1 <= after);
        var keys = rows.Where(row => row.DeliveryId is not null).Select(row => row.DeliveryId!.Value).Distinct().ToList();
        var deliveries = SqliteDeliveryHistory.Find(connection, keys, snapshot);
        var attempts = SqliteDeliveryHistory.Attempts(connection, keys, snapshot);

        var changes = new List<Change>();
        var through = after;
        foreach (var row in rows)
        {
            if (row.Sequence is { } sequence)
            {
                changes.AddRange(Events(connection, snapshot, row, sequence, after));
            }
            else if (deliveries.TryGetValue(row.DeliveryId!.Value, out var delivery)
                && attempts.TryGetValue((row.DeliveryId.Value, row.Number!.Value), out var attempt))
            {
                changes.Add(new Change(row.Id, null, delivery, attempt));
            }

            through = row.Id + row.Ids - 1;
            if (changes.Count >= limit)
            {
                break;
            }
        }

        return new ChangePage(changes, through, isGap);
    }

    private static List<Change> Events(
        SqliteConnection connection, SqliteTransaction snapshot, Row row, long sequence, long after)
    {
        var skipped = Math.Max(0, after + 1 - row.Id);
        return connection.ReadRows(
            SqliteEventRow.Select + " WHERE e.sequence >= @from AND e.sequence < @to ORDER BY e.sequence",
            new { from = sequence + skipped, to = sequence + row.Ids },
            EventRow.Read,
            snapshot)
            .ConvertAll(stored => new Change(row.Id + stored.Sequence - sequence, stored, null, null));
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long Ids { get; init; }

        public long? Sequence { get; init; }

        public long? DeliveryId { get; init; }

        public long? Number { get; init; }
    }
}
