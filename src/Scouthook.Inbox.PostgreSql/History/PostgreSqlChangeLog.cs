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
        var rows = connection.ReadRows(
            $"""
            SELECT {ChangeRow.Columns}
            FROM change
            WHERE change_id >= coalesce((SELECT max(change_id) FROM change WHERE change_id <= @next), @next)
            ORDER BY change_id LIMIT @limit
            """,
            new { next = after + 1, limit },
            ChangeRow.Read,
            snapshot);
        return ChangeRow.ToPage(rows, first, after, limit, FindAttempts, FindEvents);

        Func<long, long, (Delivery, Attempt)?> FindAttempts(IReadOnlyCollection<long> keys)
        {
            var deliveries = PostgreSqlDeliveryHistory.Find(connection, keys, snapshot);
            var attempts = PostgreSqlDeliveryHistory.Attempts(connection, keys, snapshot);
            return (key, number) => deliveries.TryGetValue(key, out var delivery) && attempts.TryGetValue((key, number), out var attempt)
                ? (delivery, attempt)
                : null;
        }

        List<StoredEvent> FindEvents(long from, long to) => connection.ReadRows(
            PostgreSqlEventRow.Select + " WHERE e.sequence >= @from AND e.sequence < @to ORDER BY e.sequence",
            new { from, to },
            EventRow.Read,
            snapshot);
    }
}
