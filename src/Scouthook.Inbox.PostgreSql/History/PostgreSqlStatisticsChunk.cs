using System.Data;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Part of the change log, counted in memory, to be added to the counts in one transaction.</summary>
/// <remarks>
/// It is read beside the writer, so that only the sums take its time. The position moves in the transaction that adds
/// them: after a crash at any moment the same part is read again, or the next one.
/// </remarks>
internal sealed class PostgreSqlStatisticsChunk
{
    public const long MaxSize = 5_000;
    private const int MaxCounts = 2_000;
    private const string Position = "changes_counted_through";

    private readonly long _from;
    private readonly long _to;

    /// <summary>The counts in each resolution, finest first.</summary>
    private readonly PostgreSqlStatisticsCounts[] _counts =
        [.. StatisticsResolution.All.Select(resolution => new PostgreSqlStatisticsCounts(resolution))];

    private PostgreSqlStatisticsChunk(long from, long to, long last)
    {
        _from = from;
        _to = to;
        IsMoreToCount = to < last;
    }

    public bool IsMoreToCount { get; }

    /// <param name="connection">The connection.</param>
    /// <param name="size">How many changes to read; the next chunk starts with what was right for this one.</param>
    /// <returns><see langword="null"/> if everything has been counted.</returns>
    public static PostgreSqlStatisticsChunk? Read(NpgsqlConnection connection, ref long size)
    {
        using var snapshot = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        var from = connection.ExecuteScalar<long?>(
            "SELECT value FROM upkeep WHERE name = @Position", new { Position }, snapshot) ?? 0;
        var last = connection.ExecuteScalar<long?>(
            "SELECT change_id + ids - 1 FROM change ORDER BY change_id DESC LIMIT 1",
            transaction: snapshot) ?? 0;

        // Spread over many buckets, few changes are many counts: then less at once, so that receiving is served in between.
        while (true)
        {
            if (Through(connection, snapshot, from, size) is not { } to)
            {
                return null;
            }

            var chunk = new PostgreSqlStatisticsChunk(from, to, last);
            chunk.ReadEvents(connection, snapshot);
            chunk.ReadAttempts(connection, snapshot);
            var counts = chunk.RollUp();
            if (size == 1 || counts <= MaxCounts)
            {
                size = counts <= MaxCounts / 2 ? Math.Min(2 * size, MaxSize) : size;
                return chunk;
            }

            // Half of what would be in proportion, as fewer changes share fewer buckets.
            size = Math.Max(1, size * MaxCounts / counts / 2);
        }
    }

    /// <returns><see langword="false"/> if the same part has been added meanwhile.</returns>
    public bool TryAdd(PostgreSqlSession session)
    {
        session.Lock(PostgreSqlLock.Upkeep);
        var counted = session.Statement("SELECT value FROM upkeep WHERE name = $1").Scalar(Position) is long value ? value : 0;
        if (counted != _from)
        {
            return false;
        }

        foreach (var counts in _counts)
        {
            counts.Add(session);
        }

        session.Statement("INSERT INTO upkeep (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
            .Execute(Position, _to);
        return true;
    }

    /// <summary>Returns the end of the last of some whole rows of the log; <see langword="null"/> if there is none.</summary>
    /// <remarks>A row stands for all events of a commit; ids that are no longer stored are not waited for.</remarks>
    private static long? Through(NpgsqlConnection connection, NpgsqlTransaction snapshot, long from, long size) =>
        connection.ExecuteScalar<long?>(
            """
            SELECT change_id + ids - 1 FROM change
            WHERE change_id > @from
              AND change_id < @size + (SELECT change_id FROM change WHERE change_id > @from ORDER BY change_id LIMIT 1)
            ORDER BY change_id DESC LIMIT 1
            """,
            new { from, size },
            snapshot);

    private void ReadEvents(NpgsqlConnection connection, NpgsqlTransaction snapshot)
    {
        var rows = connection.Query<(long Minute, long Source, long EventType, long State, long Events)>(
            """
            SELECT e.received_at / 60000000, e.source_id, e.event_type_id, e.state, count(*)
            FROM change c JOIN event e ON e.sequence >= c.sequence AND e.sequence < c.sequence + c.ids
            WHERE c.change_id > @from AND c.change_id <= @to AND c.sequence IS NOT NULL
            GROUP BY 1, 2, 3, 4
            """,
            new { from = _from, to = _to },
            snapshot);
        foreach (var row in rows)
        {
            _counts[0].AddEvents(row.Minute * 60_000_000, row.Source, row.EventType, row.State, row.Events);
        }
    }

    private void ReadAttempts(NpgsqlConnection connection, NpgsqlTransaction snapshot)
    {
        var rows = connection.Query<AttemptRow>(
            """
            SELECT a.started_at AS StartedAt, a.duration AS Duration, a.outcome AS Outcome, d.endpoint_id AS Endpoint,
              (d.state = 2 AND d.attempts = a.number AND a.outcome = 0) AS Delivers, (d.replay_id IS NOT NULL) AS IsReplay,
              e.received_at AS ReceivedAt, e.source_id AS Source, e.event_type_id AS EventType, p.created_at AS EndpointSince
            FROM change c
              JOIN attempt a ON a.delivery_id = c.delivery_id AND a.number = c.number
              JOIN delivery d ON d.delivery_id = a.delivery_id
              JOIN event e ON e.sequence = d.sequence
              JOIN endpoint p ON p.endpoint_id = d.endpoint_id
            WHERE c.change_id > @from AND c.change_id <= @to AND c.delivery_id IS NOT NULL
            """,
            new { from = _from, to = _to },
            snapshot,
            buffered: false);
        foreach (var row in rows)
        {
            Count(row);
        }
    }

    private void Count(AttemptRow row)
    {
        var minutes = _counts[0];
        minutes.AddAttempt(row.StartedAt, row.Endpoint, row.Outcome, row.Duration);
        minutes.Latencies(row.StartedAt, row.Endpoint, LatencyKind.Attempt).Add(TimeSpan.FromMicroseconds(row.Duration));
        if (!row.Delivers)
        {
            return;
        }

        minutes.AddDelivered(row.StartedAt, row.Source, row.EventType, 1);
        if (!row.IsReplay && row.ReceivedAt >= row.EndpointSince)
        {
            minutes.Latencies(row.StartedAt, row.Endpoint, LatencyKind.Delivery)
                .Add(TimeSpan.FromMicroseconds(row.StartedAt + row.Duration - row.ReceivedAt));
        }
    }

    /// <summary>Counts in the coarser resolutions, each from the one before.</summary>
    /// <returns>The number of rows to write.</returns>
    private int RollUp()
    {
        foreach (var (finer, coarser) in _counts.Zip(_counts.Skip(1)))
        {
            coarser.AddAll(finer);
        }

        return _counts.Sum(counts => counts.Rows);
    }

    private sealed class AttemptRow
    {
        public long StartedAt { get; init; }

        public long Duration { get; init; }

        public long Outcome { get; init; }

        public long Endpoint { get; init; }

        public bool Delivers { get; init; }

        public bool IsReplay { get; init; }

        public long ReceivedAt { get; init; }

        public long Source { get; init; }

        public long EventType { get; init; }

        public long EndpointSince { get; init; }
    }
}
