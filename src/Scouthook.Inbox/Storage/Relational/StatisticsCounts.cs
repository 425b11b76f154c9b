using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Counts in one resolution, to be added to those of the store. Instants are in stored form.</summary>
/// <param name="resolution">The resolution.</param>
internal sealed class StatisticsCounts(StatisticsResolution resolution)
{
    private readonly Dictionary<(long Bucket, long Source, long EventType, long State), long> _events = [];
    private readonly Dictionary<(long Bucket, long Source, long EventType), long> _delivered = [];
    private readonly Dictionary<(long Bucket, long Endpoint, long Outcome), (long Attempts, long Duration)> _attempts = [];
    private readonly Dictionary<(long Bucket, long Endpoint, LatencyKind Kind), LatencyHistogram> _latencies = [];

    /// <summary>The resolution, as it is stored.</summary>
    public long Resolution => resolution.Minutes;

    /// <summary>How many rows of the store they change.</summary>
    public int Rows => _events.Count + _delivered.Count + _attempts.Count + _latencies.Count;

    public IReadOnlyDictionary<(long Bucket, long Source, long EventType, long State), long> Events => _events;

    public IReadOnlyDictionary<(long Bucket, long Source, long EventType), long> Delivered => _delivered;

    public IReadOnlyDictionary<(long Bucket, long Endpoint, long Outcome), (long Attempts, long Duration)> Attempts => _attempts;

    public IReadOnlyDictionary<(long Bucket, long Endpoint, LatencyKind Kind), LatencyHistogram> Latencies => _latencies;

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

    public void AddAttempts(long at, long endpoint, long outcome, long attempts, long duration)
    {
        var key = (BucketOf(at), endpoint, outcome);
        var before = _attempts.GetValueOrDefault(key);
        _attempts[key] = (before.Attempts + attempts, before.Duration + duration);
    }

    /// <summary>Returns the latencies to add to.</summary>
    public LatencyHistogram LatenciesOf(long at, long endpoint, LatencyKind kind)
    {
        var key = (BucketOf(at), endpoint, kind);
        if (!_latencies.TryGetValue(key, out var latencies))
        {
            _latencies.Add(key, latencies = new LatencyHistogram());
        }

        return latencies;
    }

    /// <summary>Adds all counts of a finer resolution.</summary>
    public void AddAll(StatisticsCounts finer)
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
            LatenciesOf(row.Bucket, row.Endpoint, row.Kind).Add(latencies);
        }
    }

    private long BucketOf(long at) => StoredTime.From(resolution.BucketOf(StoredTime.To(at)));
}
