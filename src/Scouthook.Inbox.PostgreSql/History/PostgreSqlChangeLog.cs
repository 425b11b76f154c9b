using System.Data;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads the change log of a PostgreSQL database.</summary>
internal sealed class PostgreSqlChangeLog(PostgreSqlReader reader, PostgreSqlChangeNumbers numbers) : IChangeLog
{
    public async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        await numbers.UpdateAsync(cancellationToken);
        return await reader.ReadAsync(
            connection => connection.ExecuteScalar<long?>(
                "SELECT change_id + ids - 1 FROM change ORDER BY change_id DESC LIMIT 1") ?? 0,
            cancellationToken);
    }

    public async Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await numbers.UpdateAsync(cancellationToken);
        return await reader.ReadAsync(connection => Read(connection, after, limit), cancellationToken);
    }

    private static ChangePage Read(NpgsqlConnection connection, long after, int limit)
    {
        // One snapshot for all look-ups, so that nothing is removed between them.
        using var snapshot = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        var first = connection.ExecuteScalar<long?>("SELECT change_id FROM change ORDER BY change_id LIMIT 1", transaction: snapshot);
        var rows = connection.Query<Row>(
            """
            SELECT change_id AS Id, ids AS Ids, sequence AS Sequence, delivery_id AS DeliveryId, number AS Number
            FROM change
            WHERE change_id >= coalesce((SELECT max(change_id) FROM change WHERE change_id <= @next), @next)
            ORDER BY change_id LIMIT @limit
            """,
            new { next = after + 1, limit },
            snapshot).AsList();
        var isGap = first is { } kept && kept > after + 1 && after > 0;

        rows.RemoveAll(row => row.Id + row.Ids - 1 <= after);
        var keys = rows.Where(row => row.DeliveryId is not null).Select(row => row.DeliveryId!.Value).Distinct().ToList();
        var deliveries = PostgreSqlDeliveryHistory.Find(connection, keys, snapshot);
        var attempts = PostgreSqlDeliveryHistory.Attempts(connection, keys, snapshot);

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
        NpgsqlConnection connection, NpgsqlTransaction snapshot, Row row, long sequence, long after)
    {
        var skipped = Math.Max(0, after + 1 - row.Id);
        return connection.ReadRows(
            PostgreSqlEventRow.Select + " WHERE e.sequence >= @from AND e.sequence < @to ORDER BY e.sequence",
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
