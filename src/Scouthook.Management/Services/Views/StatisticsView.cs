using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>The activity in a window of time, without operational events in what is counted by event.</summary>
/// <param name="Since">The beginning of the window, at a whole bucket.</param>
/// <param name="Until">Its end.</param>
/// <param name="StepSeconds">The length of a bucket of the series.</param>
/// <param name="Events">Stored events.</param>
/// <param name="Delivered">Deliveries that succeeded.</param>
/// <param name="Attempts">Finished attempts.</param>
/// <param name="DeliveryLatency">From receiving an event to the end of the attempt that delivered it, without replays.</param>
/// <param name="AttemptDuration">How long attempts took, whatever their outcome.</param>
/// <param name="Endpoints">The same by endpoint, with its pending deliveries and dead letters now.</param>
/// <param name="Series">The same over time: the buckets in which anything happened, oldest first.</param>
/// <param name="SeriesByType">
/// The events of the series by type, most frequent first. At most 40 types; the others together have the type null.
/// </param>
internal sealed record StatisticsView(
    DateTimeOffset Since,
    DateTimeOffset Until,
    long StepSeconds,
    StatisticsView.EventTotals Events,
    StatisticsView.DeliveredTotals Delivered,
    StatisticsView.AttemptTotals Attempts,
    StatisticsView.Percentiles DeliveryLatency,
    StatisticsView.Percentiles AttemptDuration,
    IReadOnlyList<StatisticsView.EndpointTotals> Endpoints,
    IReadOnlyList<StatisticsView.Moment> Series,
    IReadOnlyList<StatisticsView.TypeSeries> SeriesByType)
{
    /// <summary>Leaves out operational events: the counts are those of Help Scout's events.</summary>
    public static StatisticsView From(StatisticsSnapshot all) => From(
        all,
        [.. all.Events.Where(count => count.Source != OperationalEvent.Source)],
        [.. all.Delivered.Where(count => count.Source != OperationalEvent.Source)]);

    private static StatisticsView From(
        StatisticsSnapshot statistics,
        List<StatisticsSnapshot.EventCount> events,
        List<StatisticsSnapshot.DeliveredCount> delivered) => new(
        statistics.Since,
        statistics.Until,
        (long)statistics.Step.TotalSeconds,
        new EventTotals(
            events.Sum(count => count.Events),
            Sum(events, count => count.EventType, count => count.Events),
            Sum(events, count => count.Source, count => count.Events),
            Sum(events, count => StateText.From((EventState)count.State), count => count.Events)),
        new DeliveredTotals(
            delivered.Sum(count => count.Deliveries), Sum(delivered, count => count.EventType, count => count.Deliveries)),
        new AttemptTotals(
            statistics.Attempts.Sum(count => count.Attempts),
            Sum(statistics.Attempts, count => DeliveryText.From((AttemptOutcome)count.Outcome), count => count.Attempts)),
        Percentiles.Of(statistics.DeliveryLatency),
        Percentiles.Of(statistics.AttemptDuration),
        [.. statistics.Backlog.Select(waiting => Of(statistics, waiting))],
        [.. statistics.Series.Select(Moment.From)],
        [.. statistics.Types.Select(type => new TypeSeries(type.EventType, type.Events, type.Delivered))]);

    private static EndpointTotals Of(StatisticsSnapshot statistics, StatisticsSnapshot.Waiting waiting)
    {
        var attempts = statistics.Attempts.Where(attempt => attempt.EndpointId == waiting.EndpointId).ToList();
        var latencies = statistics.Latencies.FirstOrDefault(latency => latency.EndpointId == waiting.EndpointId);
        var count = attempts.Sum(attempt => attempt.Attempts);
        return new EndpointTotals(
            waiting.EndpointId,
            waiting.Endpoint,
            waiting.Pending,
            waiting.DeadLetters,
            waiting.OldestPendingAt,
            count,
            attempts.Where(attempt => attempt.Outcome != (long)AttemptOutcome.Delivered).Sum(attempt => attempt.Attempts),
            count == 0 ? null : Math.Round(attempts.Sum(attempt => attempt.Duration.TotalMilliseconds) / count, 3),
            Percentiles.Of(latencies?.Deliveries),
            Percentiles.Of(latencies?.Attempts));
    }

    private static Dictionary<string, long> Sum<T>(IEnumerable<T> rows, Func<T, string> name, Func<T, long> count) =>
        rows.GroupBy(name).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(count));

    /// <summary>How many events were stored.</summary>
    /// <param name="Total">All of them.</param>
    /// <param name="ByType">By event type.</param>
    /// <param name="BySource">By source.</param>
    /// <param name="ByState">By state.</param>
    internal sealed record EventTotals(
        long Total, Dictionary<string, long> ByType, Dictionary<string, long> BySource, Dictionary<string, long> ByState);

    /// <summary>How many deliveries succeeded.</summary>
    /// <param name="Total">All of them.</param>
    /// <param name="ByType">By event type.</param>
    internal sealed record DeliveredTotals(long Total, Dictionary<string, long> ByType);

    /// <summary>How many attempts finished.</summary>
    /// <param name="Total">All of them.</param>
    /// <param name="ByOutcome">By outcome.</param>
    internal sealed record AttemptTotals(long Total, Dictionary<string, long> ByOutcome);

    /// <summary>The activity and the backlog of one endpoint.</summary>
    /// <param name="Id">The id of the endpoint.</param>
    /// <param name="Name">The name of the endpoint.</param>
    /// <param name="Pending">Deliveries still to be made, now.</param>
    /// <param name="DeadLetters">Dead letters, now.</param>
    /// <param name="OldestPendingAt">When the oldest pending delivery was created; null if there is none.</param>
    /// <param name="Attempts">Finished attempts.</param>
    /// <param name="Failed">Finished attempts that failed.</param>
    /// <param name="MeanDurationMs">The mean duration of an attempt in milliseconds; null if there was none.</param>
    /// <param name="DeliveryLatency">From receiving an event to the end of the attempt that delivered it, without replays.</param>
    /// <param name="AttemptDuration">How long attempts took, whatever their outcome.</param>
    internal sealed record EndpointTotals(
        Guid Id,
        string Name,
        long Pending,
        long DeadLetters,
        DateTimeOffset? OldestPendingAt,
        long Attempts,
        long Failed,
        double? MeanDurationMs,
        Percentiles DeliveryLatency,
        Percentiles AttemptDuration);

    /// <summary>The activity in one bucket of time.</summary>
    /// <param name="At">The beginning of the bucket.</param>
    /// <param name="Events">Stored events.</param>
    /// <param name="Delivered">Deliveries that succeeded.</param>
    /// <param name="Attempts">Finished attempts.</param>
    /// <param name="Failed">Finished attempts that failed.</param>
    /// <param name="DeliveryLatency">From receiving an event to the end of the attempt that delivered it, without replays.</param>
    /// <param name="AttemptDuration">How long attempts took, whatever their outcome.</param>
    internal sealed record Moment(
        DateTimeOffset At,
        long Events,
        long Delivered,
        long Attempts,
        long Failed,
        Percentiles DeliveryLatency,
        Percentiles AttemptDuration)
    {
        public static Moment From(StatisticsSnapshot.Moment bucket) => new(
            bucket.At, bucket.Events, bucket.Delivered, bucket.Attempts, bucket.Failed,
            Percentiles.Of(bucket.DeliveryLatency), Percentiles.Of(bucket.AttemptDuration));
    }

    /// <summary>One type over time, with one number for each element of the series.</summary>
    /// <param name="Type">The type; null for all types that have no series of their own.</param>
    /// <param name="Events">Stored events.</param>
    /// <param name="Delivered">Deliveries that succeeded.</param>
    internal sealed record TypeSeries(string? Type, IReadOnlyList<long> Events, IReadOnlyList<long> Delivered);

    /// <summary>Estimates of percentiles, at most 9.1 % off.</summary>
    /// <param name="Count">How many were measured.</param>
    /// <param name="P50Ms">The median in milliseconds; null if none was measured.</param>
    /// <param name="P99Ms">The 99th percentile in milliseconds; null if none was measured.</param>
    internal sealed record Percentiles(long Count, double? P50Ms, double? P99Ms)
    {
        public static Percentiles Of(StatisticsSnapshot.Latency? latency) => new(latency?.Count ?? 0, Ms(latency?.P50), Ms(latency?.P99));

        private static double? Ms(TimeSpan? time) => time is { } value ? Math.Round(value.TotalMilliseconds, 3) : null;
    }
}
