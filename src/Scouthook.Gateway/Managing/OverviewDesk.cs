using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>What people may see of the whole: counts, what waits, the sources.</summary>
internal sealed class OverviewDesk(IStatisticsStore statistics, IEventHistory events, TimeProvider timeProvider)
{
    /// <param name="caller">Who asks.</param>
    /// <param name="window">How far to look back.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    public Task<Statistics> ReadAsync(Caller caller, TimeSpan window, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var now = timeProvider.GetUtcNow();
        return statistics.ReadAsync(now - window, now, cancellationToken);
    }

    /// <summary>What each source has received.</summary>
    public Task<IReadOnlyList<SourceActivity>> SourcesAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return events.SourcesAsync(cancellationToken);
    }
}
