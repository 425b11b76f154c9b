using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>Statistics on the wire.</summary>
internal sealed record StatisticsView(
    DateTimeOffset Since,
    DateTimeOffset Until,
    StatisticsView.EventTotals Events,
    StatisticsView.AttemptTotals Attempts,
    IReadOnlyList<StatisticsView.EndpointTotals> Endpoints,
    IReadOnlyList<StatisticsView.Moment> Series)
{
    /// <summary>Counts the events of Help Scout; operational events are not included.</summary>
    public static StatisticsView From(StatisticsSnapshot all) => From(all, [.. all.Events.Where(count => count.Source != OperationalEvent.Source)]);

    private static StatisticsView From(StatisticsSnapshot statistics, List<StatisticsSnapshot.EventCount> events) => new(
        statistics.Since,
        statistics.Until,
        new EventTotals(
            events.Sum(count => count.Events),
            Sum(events, count => count.EventType, count => count.Events),
            Sum(events, count => count.Source, count => count.Events),
            Sum(events, count => StateText.From((EventState)count.State), count => count.Events)),
        new AttemptTotals(
            statistics.Attempts.Sum(count => count.Attempts),
            Sum(statistics.Attempts, count => DeliveryText.From((AttemptOutcome)count.Outcome), count => count.Attempts)),
        [.. statistics.Backlog.Select(waiting => Of(waiting, [.. statistics.Attempts.Where(count => count.EndpointId == waiting.EndpointId)]))],
        [.. statistics.Series.Select(bucket => new Moment(bucket.At, bucket.Events, bucket.Attempts, bucket.Failed))]);

    private static EndpointTotals Of(StatisticsSnapshot.Waiting waiting, List<StatisticsSnapshot.AttemptCount> attempts)
    {
        var count = attempts.Sum(attempt => attempt.Attempts);
        return new EndpointTotals(
            waiting.EndpointId,
            waiting.Endpoint,
            waiting.Pending,
            waiting.DeadLetters,
            waiting.OldestPendingAt,
            count,
            attempts.Where(attempt => attempt.Outcome != (long)AttemptOutcome.Delivered).Sum(attempt => attempt.Attempts),
            count == 0 ? null : Math.Round(attempts.Sum(attempt => attempt.Duration.TotalMilliseconds) / count, 3));
    }

    private static Dictionary<string, long> Sum<T>(IEnumerable<T> rows, Func<T, string> name, Func<T, long> count) =>
        rows.GroupBy(name).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(count));

    internal sealed record EventTotals(
        long Total, Dictionary<string, long> ByType, Dictionary<string, long> BySource, Dictionary<string, long> ByState);

    internal sealed record AttemptTotals(long Total, Dictionary<string, long> ByOutcome);

    internal sealed record EndpointTotals(
        Guid Id,
        string Name,
        long Pending,
        long DeadLetters,
        DateTimeOffset? OldestPendingAt,
        long Attempts,
        long Failed,
        double? MeanDurationMs);

    internal sealed record Moment(DateTimeOffset At, long Events, long Attempts, long Failed);
}
