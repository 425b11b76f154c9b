using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Sums the buckets that a store has read into totals and series.</summary>
/// <param name="since">The beginning of the window.</param>
/// <param name="until">Its end.</param>
/// <param name="resolution">The resolution of the buckets.</param>
internal sealed class StatisticsSnapshotBuilder(DateTimeOffset since, DateTimeOffset until, StatisticsResolution resolution)
{
    private readonly Dictionary<(string Source, string EventType, long State), long> _events = [];
    private readonly Dictionary<(string Source, string EventType), long> _delivered = [];
    private readonly Dictionary<(Guid Endpoint, long Outcome), (long Attempts, TimeSpan Duration)> _attempts = [];
    private readonly Latencies _all = new();
    private readonly Dictionary<Guid, Latencies> _endpoints = [];
    private readonly SortedDictionary<DateTimeOffset, Bucket> _buckets = [];
    private readonly Dictionary<string, Dictionary<DateTimeOffset, (long Events, long Delivered)>> _types = new(StringComparer.Ordinal);

    /// <summary>The beginning of the first bucket.</summary>
    public DateTimeOffset First { get; } = resolution.BucketOf(since);

    public void AddEvents(DateTimeOffset at, string source, string eventType, long state, long events)
    {
        _events[(source, eventType, state)] = _events.GetValueOrDefault((source, eventType, state)) + events;
        if (source != OperationalEvent.Source)
        {
            BucketOf(at).Events += events;
            AddType(eventType, at, events, 0);
        }
    }

    public void AddDelivered(DateTimeOffset at, string source, string eventType, long deliveries)
    {
        _delivered[(source, eventType)] = _delivered.GetValueOrDefault((source, eventType)) + deliveries;
        if (source != OperationalEvent.Source)
        {
            BucketOf(at).Delivered += deliveries;
            AddType(eventType, at, 0, deliveries);
        }
    }

    public void AddAttempts(DateTimeOffset at, Guid endpoint, long outcome, long attempts, TimeSpan duration)
    {
        var before = _attempts.GetValueOrDefault((endpoint, outcome));
        _attempts[(endpoint, outcome)] = (before.Attempts + attempts, before.Duration + duration);
        var bucket = BucketOf(at);
        bucket.Attempts += attempts;
        bucket.Failed += outcome == (long)AttemptOutcome.Delivered ? 0 : attempts;
    }

    public void AddLatencies(DateTimeOffset at, Guid endpoint, LatencyKind kind, ReadOnlySpan<byte> stored)
    {
        if (!_endpoints.TryGetValue(endpoint, out var ofEndpoint))
        {
            _endpoints.Add(endpoint, ofEndpoint = new Latencies());
        }

        _all.Of(kind).Add(stored);
        ofEndpoint.Of(kind).Add(stored);
        BucketOf(at).Latencies.Of(kind).Add(stored);
    }

    /// <summary>Returns the sums, without a backlog.</summary>
    public StatisticsSnapshot Build() => new(
        First,
        until,
        resolution.Width,
        [
            .. _events.Select(row => new StatisticsSnapshot.EventCount(row.Key.Source, row.Key.EventType, row.Key.State, row.Value))
                .OrderByDescending(count => count.Events),
        ],
        [.. _delivered.Select(row => new StatisticsSnapshot.DeliveredCount(row.Key.Source, row.Key.EventType, row.Value))],
        [
            .. _attempts.Select(row => new StatisticsSnapshot.AttemptCount(
                row.Key.Endpoint, row.Key.Outcome, row.Value.Attempts, row.Value.Duration)),
        ],
        _all.Deliveries.Summarize(),
        _all.Attempts.Summarize(),
        [
            .. _endpoints.Select(row => new StatisticsSnapshot.EndpointLatency(
                row.Key, row.Value.Deliveries.Summarize(), row.Value.Attempts.Summarize())),
        ],
        [
            .. _buckets.Select(row => new StatisticsSnapshot.Moment(
                row.Key, row.Value.Events, row.Value.Delivered, row.Value.Attempts, row.Value.Failed,
                row.Value.Latencies.Deliveries.Summarize(), row.Value.Latencies.Attempts.Summarize())),
        ],
        [.. Types()],
        []);

    private IEnumerable<StatisticsSnapshot.TypeSeries> Types()
    {
        var ordered = _types
            .OrderByDescending(type => type.Value.Values.Sum(count => count.Events + count.Delivered))
            .ThenBy(type => type.Key, StringComparer.Ordinal)
            .ToList();
        foreach (var (type, counts) in ordered.Take(StatisticsSnapshot.MaxTypes))
        {
            yield return Series(type, [counts]);
        }

        if (ordered.Count > StatisticsSnapshot.MaxTypes)
        {
            yield return Series(null, [.. ordered.Skip(StatisticsSnapshot.MaxTypes).Select(type => type.Value)]);
        }
    }

    private StatisticsSnapshot.TypeSeries Series(string? type, List<Dictionary<DateTimeOffset, (long Events, long Delivered)>> counts) => new(
        type,
        [.. _buckets.Keys.Select(at => counts.Sum(count => count.GetValueOrDefault(at).Events))],
        [.. _buckets.Keys.Select(at => counts.Sum(count => count.GetValueOrDefault(at).Delivered))]);

    private void AddType(string eventType, DateTimeOffset at, long events, long delivered)
    {
        if (!_types.TryGetValue(eventType, out var counts))
        {
            _types.Add(eventType, counts = []);
        }

        var before = counts.GetValueOrDefault(at);
        counts[at] = (before.Events + events, before.Delivered + delivered);
    }

    private Bucket BucketOf(DateTimeOffset at)
    {
        if (!_buckets.TryGetValue(at, out var bucket))
        {
            _buckets.Add(at, bucket = new Bucket());
        }

        return bucket;
    }

    private sealed class Bucket
    {
        public long Events { get; set; }

        public long Delivered { get; set; }

        public long Attempts { get; set; }

        public long Failed { get; set; }

        public Latencies Latencies { get; } = new();
    }

    private sealed class Latencies
    {
        public LatencyHistogram Deliveries { get; } = new();

        public LatencyHistogram Attempts { get; } = new();

        public LatencyHistogram Of(LatencyKind kind) => kind is LatencyKind.Delivery ? Deliveries : Attempts;
    }
}
