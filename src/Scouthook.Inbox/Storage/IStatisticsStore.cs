using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Aggregates activity afterwards, so that receiving pays nothing for it.</summary>
/// <remarks>
/// Every event and every finished attempt is counted exactly once, in all of <see cref="Rules.StatisticsResolution.All"/>.
/// An event counts when it was received, an attempt when it started.
/// </remarks>
internal interface IStatisticsStore
{
    /// <summary>Counts part of the activity not counted yet.</summary>
    /// <remarks>
    /// <para>A delivery is counted as delivered once, with the attempt that settled it: not if an attempt succeeded after
    /// its lease had expired.</para>
    /// <para>The latency of a delivery is the time from receiving its event to the end of that attempt. Replays are left
    /// out, and so is what an endpoint gets from before it was created: those events are as old as the user chose, which
    /// says nothing about how fast they were delivered.</para>
    /// </remarks>
    Task<StepOutcome> CountAsync();

    /// <summary>Removes some of the buckets that are older than their resolution is kept.</summary>
    /// <param name="age">The age clock, which decides what is old.</param>
    Task<StepOutcome> PruneAsync(DateTimeOffset age);

    /// <summary>
    /// Reads the activity since an instant, without the backlog, in the resolution for a window of that length; the last
    /// seconds may be missing.
    /// </summary>
    Task<StatisticsSnapshot> ReadAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads the attempts of one endpoint over time, in the same buckets as <see cref="ReadAsync"/>.</summary>
    /// <returns>The buckets with attempts, oldest first; events and deliveries are not counted in them.</returns>
    Task<IReadOnlyList<StatisticsSnapshot.Moment>> ReadEndpointAsync(
        Guid endpointId, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads the pending deliveries, by endpoint.</summary>
    Task<IReadOnlyList<StatisticsSnapshot.Waiting>> BacklogAsync(CancellationToken cancellationToken);
}
