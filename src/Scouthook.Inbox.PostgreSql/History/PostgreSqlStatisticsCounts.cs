using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Counts in one resolution, to be added to those of the store. Instants are in stored form.</summary>
internal sealed class PostgreSqlStatisticsCounts(StatisticsResolution resolution)
{
    private readonly Dictionary<(long Bucket, long Source, long EventType, long State), long> _events = [];
    private readonly Dictionary<(long Bucket, long Source, long EventType), long> _delivered = [];
    private readonly Dictionary<(long Bucket, long Endpoint, long Outcome), (long Attempts, long Duration)> _attempts = [];
    private readonly Dictionary<(long Bucket, long Endpoint, LatencyKind Kind), LatencyHistogram> _latencies = [];

    /// <summary>How many rows of the store they change.</summary>
    public int Rows => _events.Count + _delivered.Count + _attempts.Count + _latencies.Count;

    public void AddEvents(long at, long source, long eventType, long state, long events)
    {
        var key = (BucketOf(at), source, eventType, state);
        _events[key] = _events.GetValueOrDefault(key) + events;
    }

    public void AddDelivered(long at, long source, long eventType, long deliveries)
    {
        var key = (BucketOf(at), source, eventType);
        _delivered[key] = _delivered.GetValueOrDefault(key) + deliveries;
    }

    public void AddAttempt(long at, long endpoint, long outcome, long duration) => AddAttempts(at, endpoint, outcome, 1, duration);

    public LatencyHistogram Latencies(long at, long endpoint, LatencyKind kind)
    {
        var key = (BucketOf(at), endpoint, kind);
        if (!_latencies.TryGetValue(key, out var latencies))
        {
            _latencies.Add(key, latencies = new LatencyHistogram());
        }

        return latencies;
    }

    /// <summary>Adds all counts of a finer resolution.</summary>
    public void AddAll(PostgreSqlStatisticsCounts finer)
    {
        foreach (var (row, count) in finer._events)
        {
            AddEvents(row.Bucket, row.Source, row.EventType, row.State, count);
        }

        foreach (var (row, count) in finer._delivered)
        {
            AddDelivered(row.Bucket, row.Source, row.EventType, count);
        }

        foreach (var (row, count) in finer._attempts)
        {
            AddAttempts(row.Bucket, row.Endpoint, row.Outcome, count.Attempts, count.Duration);
        }

        foreach (var (row, latencies) in finer._latencies)
        {
            Latencies(row.Bucket, row.Endpoint, row.Kind).Add(latencies);
        }
    }

    /// <summary>Adds them to those of the store.</summary>
    public void Add(PostgreSqlSession session)
    {
        foreach (var (row, count) in _events)
        {
            session.Statement(
                """
                INSERT INTO event_count (resolution, bucket, source_id, event_type_id, state, events) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (resolution, bucket, source_id, event_type_id, state) DO UPDATE SET events = event_count.events + excluded.events
                """).Execute(resolution.Minutes, row.Bucket, row.Source, row.EventType, row.State, count);
        }

        foreach (var (row, count) in _delivered)
        {
            session.Statement(
                """
                INSERT INTO delivered_count (resolution, bucket, source_id, event_type_id, deliveries) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (resolution, bucket, source_id, event_type_id)
                DO UPDATE SET deliveries = delivered_count.deliveries + excluded.deliveries
                """).Execute(resolution.Minutes, row.Bucket, row.Source, row.EventType, count);
        }

        foreach (var (row, count) in _attempts)
        {
            session.Statement(
                """
                INSERT INTO attempt_count (resolution, bucket, endpoint_id, outcome, attempts, duration) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (resolution, bucket, endpoint_id, outcome) DO UPDATE SET
                  attempts = attempt_count.attempts + excluded.attempts, duration = attempt_count.duration + excluded.duration
                """).Execute(resolution.Minutes, row.Bucket, row.Endpoint, row.Outcome, count.Attempts, count.Duration);
        }

        foreach (var (row, latencies) in _latencies)
        {
            AddLatencies(session, row.Bucket, row.Endpoint, row.Kind, latencies);
        }
    }

    private void AddLatencies(PostgreSqlSession session, long bucket, long endpoint, LatencyKind kind, LatencyHistogram latencies)
    {
        // In a histogram of its own: the transaction may be rolled back and run again.
        var sum = new LatencyHistogram();
        sum.Add(latencies);
        if (session.Statement(
            "SELECT bins FROM latency_count WHERE resolution = $1 AND bucket = $2 AND endpoint_id = $3 AND kind = $4")
            .Scalar(resolution.Minutes, bucket, endpoint, (long)kind) is byte[] stored)
        {
            sum.Add(stored);
        }

        session.Statement(
            """
            INSERT INTO latency_count (resolution, bucket, endpoint_id, kind, bins) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (resolution, bucket, endpoint_id, kind) DO UPDATE SET bins = excluded.bins
            """).Execute(resolution.Minutes, bucket, endpoint, (long)kind, sum.ToBytes());
    }

    private void AddAttempts(long at, long endpoint, long outcome, long attempts, long duration)
    {
        var key = (BucketOf(at), endpoint, outcome);
        var before = _attempts.GetValueOrDefault(key);
        _attempts[key] = (before.Attempts + attempts, before.Duration + duration);
    }

    private long BucketOf(long at) => PostgreSqlTime.From(resolution.BucketOf(PostgreSqlTime.To(at)));
}
