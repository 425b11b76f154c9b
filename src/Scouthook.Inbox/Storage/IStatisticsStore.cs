using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Aggregates activity afterwards, so that receiving pays nothing for it.</summary>
internal interface IStatisticsStore
{
    /// <summary>Counts part of the activity not counted yet.</summary>
    Task<StepOutcome> CountAsync();

    /// <summary>Reads the activity since an instant, without the backlog; the last seconds may be missing.</summary>
    Task<StatisticsSnapshot> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads the pending deliveries, by endpoint.</summary>
    Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken);
}
