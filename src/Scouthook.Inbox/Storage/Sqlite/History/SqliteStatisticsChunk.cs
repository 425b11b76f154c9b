using Dapper;
using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Part of the change log, counted in memory, to be added to the counts in one transaction.</summary>
/// <remarks>
/// It is read beside the writer, so that only the sums take its time. The position moves in the transaction that adds
/// them: after a crash at any moment the same part is read again, or the next one.
/// </remarks>
internal sealed class SqliteStatisticsChunk
{
    private const long MaxSize = 2_000;
    private const int MaxCounts = 2_000;
    private const string Position = "changes_counted_through";

    private readonly long _from;
    private readonly long _to;
    private readonly Dictionary<(long Resolution, long Bucket, long Source, long EventType, long State), long> _events = [];
    private readonly Dictionary<(long Resolution, long Bucket, long Source, long EventType), long> _delivered = [];
    private readonly Dictionary<(long Resolution, long Bucket, long Endpoint, long Outcome), (long Attempts, long Duration)> _attempts = [];
    private readonly Dictionary<(long Resolution, long Bucket, long Endpoint, long Kind), LatencyHistogram> _latencies = [];

    private SqliteStatisticsChunk(long from, long to, long last)
    {
        _from = from;
        _to = to;
        IsMoreToCount = to < last;
    }

    public bool IsMoreToCount { get; }

    /// <returns><see langword="null"/> if everything has been counted.</returns>
    public static SqliteStatisticsChunk? Read(SqliteConnection connection)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var from = connection.ExecuteScalar<long?>(
            "SELECT value FROM upkeep WHERE name = @Position", new { Position }, snapshot) ?? 0;
        var last = connection.ExecuteScalar<long?>(
            "SELECT change_id + ids - 1 FROM change ORDER BY change_id DESC LIMIT 1", transaction: snapshot) ?? 0;

        // Spread over many buckets, few changes are many counts: then less at once, so that receiving is served in between.
        for (var size = MaxSize; ;)
        {
            if (Through(connection, snapshot, from, size) is not { } to)
            {
                return null;
            }

            var chunk = new SqliteStatisticsChunk(from, to, last);
            chunk.ReadEvents(connection, snapshot);
            chunk.ReadAttempts(connection, snapshot);
            if (size == 1 || chunk.Counts <= MaxCounts)
            {
                return chunk;
            }

            size = Math.Max(1, size * MaxCounts / chunk.Counts / 2);
        }
    }

    /// <returns><see langword="false"/> if the same part has been added meanwhile.</returns>
    public bool TryAdd(SqliteSession session)
    {
        var counted = session.Statement("SELECT value FROM upkeep WHERE name = ?1").Scalar(Position) is long value ? value : 0;
        if (counted != _from)
        {
            return false;
        }

        foreach (var (row, count) in _events)
        {
            session.Statement(
                """
                INSERT INTO event_count (resolution, bucket, source_id, event_type_id, state, events) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET events = events + ?6
                """).Execute(row.Resolution, row.Bucket, row.Source, row.EventType, row.State, count);
        }

        foreach (var (row, count) in _delivered)
        {
            session.Statement(
                """
                INSERT INTO delivered_count (resolution, bucket, source_id, event_type_id, deliveries) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET deliveries = deliveries + ?5
                """).Execute(row.Resolution, row.Bucket, row.Source, row.EventType, count);
        }

        foreach (var (row, count) in _attempts)
        {
            session.Statement(
                """
                INSERT INTO attempt_count (resolution, bucket, endpoint_id, outcome, attempts, duration) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET attempts = attempts + ?5, duration = duration + ?6
                """).Execute(row.Resolution, row.Bucket, row.Endpoint, row.Outcome, count.Attempts, count.Duration);
        }

        foreach (var (row, latencies) in _latencies)
        {
            AddLatencies(session, row, latencies);
        }

        session.Statement("INSERT INTO upkeep (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")
            .Execute(Position, _to);
        return true;
    }

    private int Counts => _events.Count + _delivered.Count + _attempts.Count + _latencies.Count;

    /// <summary>Returns the end of the last of some whole rows of the log; <see langword="null"/> if there is none.</summary>
    private static long? Through(SqliteConnection connection, SqliteTransaction snapshot, long from, long size) =>
        connection.ExecuteScalar<long?>(
            """
            SELECT change_id + ids - 1 FROM (
              SELECT change_id, ids FROM change WHERE change_id > @from ORDER BY change_id LIMIT @size)
            ORDER BY change_id DESC LIMIT 1
            """,
            new { from, size },
            snapshot);

    private static void AddLatencies(
        SqliteSession session, (long Resolution, long Bucket, long Endpoint, long Kind) row, LatencyHistogram latencies)
    {
        // Not added to the ones of the chunk: its transaction may be rolled back and run again.
        var sum = new LatencyHistogram();
        sum.Add(latencies);
        if (session.Statement(
            "SELECT bins FROM latency_count WHERE resolution = ?1 AND bucket = ?2 AND endpoint_id = ?3 AND kind = ?4")
            .Scalar(row.Resolution, row.Bucket, row.Endpoint, row.Kind) is byte[] stored)
        {
            sum.Add(stored);
        }

        session.Statement(
            """
            INSERT INTO latency_count (resolution, bucket, endpoint_id, kind, bins) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET bins = ?5
            """).Execute(row.Resolution, row.Bucket, row.Endpoint, row.Kind, sum.ToBytes());
    }

    private void ReadEvents(SqliteConnection connection, SqliteTransaction snapshot)
    {
        var rows = connection.Query<(long Minute, long Source, long EventType, long State, long Events)>(
            """
            SELECT e.received_at / 60000000, e.source_id, e.event_type_id, e.state, count(*)
            FROM change c CROSS JOIN event e ON e.sequence >= c.sequence AND e.sequence < c.sequence + c.ids
            WHERE c.change_id > @from AND c.change_id <= @to AND c.sequence IS NOT NULL
            GROUP BY 1, 2, 3, 4
            """,
            new { from = _from, to = _to },
            snapshot);
        foreach (var row in rows)
        {
            foreach (var (resolution, bucket) in Buckets(SqliteTime.To(row.Minute * 60_000_000)))
            {
                var key = (resolution, bucket, row.Source, row.EventType, row.State);
                _events[key] = _events.GetValueOrDefault(key) + row.Events;
            }
        }
    }

    private void ReadAttempts(SqliteConnection connection, SqliteTransaction snapshot)
    {
        var rows = connection.Query<AttemptRow>(
            """
            SELECT a.started_at AS StartedAt, a.duration AS Duration, a.outcome AS Outcome, d.endpoint_id AS Endpoint,
              d.state = 2 AND d.attempts = a.number AND a.outcome = 0 AS Delivers, d.replay_id IS NOT NULL AS IsReplay,
              e.received_at AS ReceivedAt, e.source_id AS Source, e.event_type_id AS EventType, p.created_at AS EndpointSince
            FROM change c
              CROSS JOIN attempt a ON a.delivery_id = c.delivery_id AND a.number = c.number
              CROSS JOIN delivery d ON d.delivery_id = a.delivery_id
              CROSS JOIN event e ON e.sequence = d.sequence
              CROSS JOIN endpoint p ON p.endpoint_id = d.endpoint_id
            WHERE c.change_id > @from AND c.change_id <= @to AND c.delivery_id IS NOT NULL
            """,
            new { from = _from, to = _to },
            snapshot);
        foreach (var row in rows)
        {
            foreach (var (resolution, bucket) in Buckets(SqliteTime.To(row.StartedAt)))
            {
                Count(row, resolution, bucket);
            }
        }
    }

    private void Count(AttemptRow row, long resolution, long bucket)
    {
        var attempts = (resolution, bucket, row.Endpoint, row.Outcome);
        var before = _attempts.GetValueOrDefault(attempts);
        _attempts[attempts] = (before.Attempts + 1, before.Duration + row.Duration);
        Latencies(LatencyKind.Attempt).Add(TimeSpan.FromMicroseconds(row.Duration));
        if (row.Delivers == 0)
        {
            return;
        }

        var delivered = (resolution, bucket, row.Source, row.EventType);
        _delivered[delivered] = _delivered.GetValueOrDefault(delivered) + 1;
        if (row.IsReplay == 0 && row.ReceivedAt >= row.EndpointSince)
        {
            Latencies(LatencyKind.Delivery).Add(TimeSpan.FromMicroseconds(row.StartedAt + row.Duration - row.ReceivedAt));
        }

        LatencyHistogram Latencies(LatencyKind kind)
        {
            var key = (resolution, bucket, row.Endpoint, (long)kind);
            if (!_latencies.TryGetValue(key, out var latencies))
            {
                _latencies.Add(key, latencies = new LatencyHistogram());
            }

            return latencies;
        }
    }

    private static IEnumerable<(long Resolution, long Bucket)> Buckets(DateTimeOffset instant) => StatisticsResolution.All.Select(
        resolution => (resolution.Minutes, SqliteTime.From(resolution.BucketOf(instant))));

    private sealed class AttemptRow
    {
        public long StartedAt { get; init; }

        public long Duration { get; init; }

        public long Outcome { get; init; }

        public long Endpoint { get; init; }

        public long Delivers { get; init; }

        public long IsReplay { get; init; }

        public long ReceivedAt { get; init; }

        public long Source { get; init; }

        public long EventType { get; init; }

        public long EndpointSince { get; init; }
    }
}
