using System.Data;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads a part of the change log to count, and adds the counts.</summary>
internal static class PostgreSqlStatisticsChunk
{
    /// <param name="connection">The connection.</param>
    /// <param name="size">How many changes to read; the next chunk starts with what was right for this one.</param>
    /// <returns><see langword="null"/> if everything has been counted.</returns>
    public static StatisticsChunk? Read(NpgsqlConnection connection, ref long size)
    {
        using var snapshot = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        var from = connection.ExecuteScalar<long?>(
            "SELECT value FROM upkeep WHERE name = @PositionName", new { StatisticsChunk.PositionName }, snapshot) ?? 0;
        var last = connection.ExecuteScalar<long?>(
            "SELECT change_id + ids - 1 FROM change ORDER BY change_id DESC LIMIT 1",
            transaction: snapshot) ?? 0;
        return StatisticsChunk.Read(
            from,
            last,
            ref size,
            some => FindEnd(connection, snapshot, from, some),
            chunk =>
            {
                CountEvents(connection, snapshot, chunk);
                CountAttempts(connection, snapshot, chunk);
            });
    }

    /// <returns><see langword="false"/> if the same part has been added meanwhile.</returns>
    public static bool TryAdd(PostgreSqlSession session, StatisticsChunk chunk)
    {
        session.Lock(PostgreSqlLock.Upkeep);
        var counted = session.Statement("SELECT value FROM upkeep WHERE name = $1").Scalar(StatisticsChunk.PositionName) is long value ? value : 0;
        if (counted != chunk.From)
        {
            return false;
        }

        foreach (var counts in chunk.Counts)
        {
            PostgreSqlStatisticsCounts.Add(session, counts);
        }

        session.Statement("INSERT INTO upkeep (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
            .Execute(StatisticsChunk.PositionName, chunk.To);
        return true;
    }

    /// <summary>Returns the end of the last of some whole rows of the log; <see langword="null"/> if there is none.</summary>
    /// <remarks>A row stands for all events of a commit; ids that are no longer stored are not waited for.</remarks>
    private static long? FindEnd(NpgsqlConnection connection, NpgsqlTransaction snapshot, long from, long size) =>
        connection.ExecuteScalar<long?>(
            """
            SELECT change_id + ids - 1 FROM change
            WHERE change_id > @from
              AND change_id < @size + (SELECT change_id FROM change WHERE change_id > @from ORDER BY change_id LIMIT 1)
            ORDER BY change_id DESC LIMIT 1
            """,
            new { from, size },
            snapshot);

    private static void CountEvents(NpgsqlConnection connection, NpgsqlTransaction snapshot, StatisticsChunk chunk) => connection.ForEachRow(
        """
        SELECT e.received_at / 60000000, e.source_id, e.event_type_id, e.state, count(*)
        FROM change c JOIN event e ON e.sequence >= c.sequence AND e.sequence < c.sequence + c.ids
        WHERE c.change_id > @From AND c.change_id <= @To AND c.sequence IS NOT NULL
        GROUP BY 1, 2, 3, 4
        """,
        new { chunk.From, chunk.To },
        row => chunk.CountEvents(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
        snapshot);

    private static void CountAttempts(NpgsqlConnection connection, NpgsqlTransaction snapshot, StatisticsChunk chunk) => connection.ForEachRow(
        $"""
        SELECT {StatisticsChunk.AttemptColumns}
        FROM change c
          JOIN attempt a ON a.delivery_id = c.delivery_id AND a.number = c.number
          JOIN delivery d ON d.delivery_id = a.delivery_id
          JOIN event e ON e.sequence = d.sequence
          JOIN endpoint p ON p.endpoint_id = d.endpoint_id
        WHERE c.change_id > @From AND c.change_id <= @To AND c.delivery_id IS NOT NULL
        """,
        new { chunk.From, chunk.To },
        chunk.CountAttempt,
        snapshot);
}
