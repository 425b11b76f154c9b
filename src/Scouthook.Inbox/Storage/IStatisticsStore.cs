using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Aggregates activity afterwards, so that receiving pays nothing for it.</summary>
internal interface IStatisticsStore
{
    /// <summary>Counts part of the activity not counted yet.</summary>
    /// <returns><see langword="true"/> while there is more.</returns>
    Task<bool> CountAsync();

    /// <summary>Reads the activity since an instant, without the backlog; the last seconds may be missing.</summary>
    Task<StatisticsSnapshot> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads the pending deliveries, by endpoint.</summary>
    Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken);
}
