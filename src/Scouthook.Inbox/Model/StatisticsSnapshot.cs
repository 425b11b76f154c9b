namespace Scouthook.Inbox.Model;

/// <summary>The activity in a window of time, and the current backlog.</summary>
/// <param name="Since">The beginning of the window, at a whole bucket.</param>
/// <param name="Until">Its end.</param>
/// <param name="Events">Stored events, by source, type and state.</param>
/// <param name="Attempts">Finished attempts, by endpoint and outcome.</param>
/// <param name="Series">Both over time, in buckets of equal length.</param>
/// <param name="Backlog">Pending deliveries now, by endpoint.</param>
internal sealed record StatisticsSnapshot(
    DateTimeOffset Since,
    DateTimeOffset Until,
    IReadOnlyList<StatisticsSnapshot.EventCount> Events,
    IReadOnlyList<StatisticsSnapshot.AttemptCount> Attempts,
    IReadOnlyList<StatisticsSnapshot.Moment> Series,
    IReadOnlyList<StatisticsSnapshot.Waiting> Backlog)
{
    internal sealed record EventCount(string Source, string EventType, long State, long Events);

    internal sealed record AttemptCount(Guid EndpointId, long Outcome, long Attempts, TimeSpan Duration);

    internal sealed record Moment(DateTimeOffset At, long Events, long Attempts, long Failed);

    internal sealed record Waiting(
        Guid EndpointId, string Endpoint, long Pending, long DeadLetters, DateTimeOffset? OldestPendingAt);
}
