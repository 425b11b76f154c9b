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
    public static StatisticsView From(StatisticsSnapshot all) => From(all, [.. all.Events.Where(it => it.Source != OperationalEvent.Source)]);

    private static StatisticsView From(StatisticsSnapshot statistics, List<StatisticsSnapshot.EventCount> events) => new(
        statistics.Since,
        statistics.Until,
        new EventTotals(
            events.Sum(it => it.Events),
            Sum(events, it => it.EventType, it => it.Events),
            Sum(events, it => it.Source, it => it.Events),
            Sum(events, it => StateText.From((EventState)it.State), it => it.Events)),
        new AttemptTotals(
            statistics.Attempts.Sum(it => it.Attempts),
            Sum(statistics.Attempts, it => DeliveryText.From((AttemptOutcome)it.Outcome), it => it.Attempts)),
        [.. statistics.Backlog.Select(it => Of(it, [.. statistics.Attempts.Where(attempt => attempt.EndpointId == it.EndpointId)]))],
        [.. statistics.Series.Select(it => new Moment(it.At, it.Events, it.Attempts, it.Failed))]);

    private static EndpointTotals Of(StatisticsSnapshot.Waiting waiting, List<StatisticsSnapshot.AttemptCount> attempts)
    {
        var count = attempts.Sum(it => it.Attempts);
        return new EndpointTotals(
            waiting.EndpointId,
            waiting.Endpoint,
            waiting.Pending,
            waiting.DeadLetters,
            waiting.OldestPendingAt,
            count,
            attempts.Where(it => it.Outcome != (long)AttemptOutcome.Delivered).Sum(it => it.Attempts),
            count == 0 ? null : Math.Round(attempts.Sum(it => it.Duration.TotalMilliseconds) / count, 3));
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
