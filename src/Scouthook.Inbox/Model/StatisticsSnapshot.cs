namespace Scouthook.Inbox.Model;

/// <summary>The activity in a window of time, and the current backlog.</summary>
/// <param name="Since">The beginning of the window, at a whole bucket.</param>
/// <param name="Until">Its end.</param>
/// <param name="Step">The length of a bucket.</param>
/// <param name="Events">Stored events, by source, type and state.</param>
/// <param name="Delivered">Deliveries that succeeded, by source and type of the event.</param>
/// <param name="Attempts">Finished attempts, by endpoint and outcome.</param>
/// <param name="DeliveryLatency">How long deliveries took.</param>
/// <param name="AttemptDuration">How long attempts took.</param>
/// <param name="Latencies">Both by endpoint.</param>
/// <param name="Series">All of it over time, without operational events: the buckets in which anything happened.</param>
/// <param name="Types">The events of the series by type, most frequent first; at most <see cref="MaxTypes"/> and the rest.</param>
/// <param name="Backlog">Pending deliveries now, by endpoint.</param>
internal sealed record StatisticsSnapshot(
    DateTimeOffset Since,
    DateTimeOffset Until,
    TimeSpan Step,
    IReadOnlyList<StatisticsSnapshot.EventCount> Events,
    IReadOnlyList<StatisticsSnapshot.DeliveredCount> Delivered,
    IReadOnlyList<StatisticsSnapshot.AttemptCount> Attempts,
    StatisticsSnapshot.Latency DeliveryLatency,
    StatisticsSnapshot.Latency AttemptDuration,
    IReadOnlyList<StatisticsSnapshot.EndpointLatency> Latencies,
    IReadOnlyList<StatisticsSnapshot.Moment> Series,
    IReadOnlyList<StatisticsSnapshot.TypeSeries> Types,
    IReadOnlyList<StatisticsSnapshot.Waiting> Backlog)
{
    /// <summary>The types that have a series of their own: more than the known ones, as a source may send others.</summary>
    public const int MaxTypes = 40;

    internal sealed record EventCount(string Source, string EventType, long State, long Events);

    internal sealed record DeliveredCount(string Source, string EventType, long Deliveries);

    internal sealed record AttemptCount(Guid EndpointId, long Outcome, long Attempts, TimeSpan Duration);

    /// <summary>Estimated percentiles; <see langword="null"/> if nothing was measured.</summary>
    internal sealed record Latency(long Count, TimeSpan? P50, TimeSpan? P99);

    internal sealed record EndpointLatency(Guid EndpointId, Latency Deliveries, Latency Attempts);

    internal sealed record Moment(
        DateTimeOffset At,
        long Events,
        long Delivered,
        long Attempts,
        long Failed,
        Latency DeliveryLatency,
        Latency AttemptDuration);

    /// <summary>One type over time.</summary>
    /// <param name="EventType">The type; <see langword="null"/> for all that have no series of their own.</param>
    /// <param name="Events">Stored events, one number for each bucket of the series.</param>
    /// <param name="Delivered">Deliveries that succeeded, likewise.</param>
    internal sealed record TypeSeries(string? EventType, IReadOnlyList<long> Events, IReadOnlyList<long> Delivered);

    internal sealed record Waiting(
        Guid EndpointId, string Endpoint, long Pending, long DeadLetters, DateTimeOffset? OldestPendingAt);
}
