using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Counts what happened, after it happened: receiving pays nothing for it.</summary>
internal interface IStatisticsStore
{
    /// <summary>Counts some of what is not counted yet.</summary>
    /// <returns><see langword="true"/> while there is more.</returns>
    Task<bool> CountAsync();

    /// <summary>What was counted since an instant, without the backlog; the last seconds may be missing.</summary>
    Task<StatisticsSnapshot> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What waits now, by endpoint.</summary>
    Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken);
}
