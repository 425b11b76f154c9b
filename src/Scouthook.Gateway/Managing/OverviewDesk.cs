using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>What people may see of the whole: counts, what waits, the sources.</summary>
internal sealed class OverviewDesk(IStatisticsStore statistics, IEventHistory events, TimeProvider timeProvider)
{
    // Counting what waits takes longer the more waits, and every open overview asks for it.
    private readonly SharedResult<IReadOnlyList<Statistics.Waiting>> _backlog = new(
        () => statistics.BacklogAsync(CancellationToken.None), TimeSpan.FromSeconds(1), timeProvider);

    /// <summary>What happened in the window, and what waits now; the latter is up to a second old.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="window">How far to look back.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    public async Task<Statistics> ReadAsync(Caller caller, TimeSpan window, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var now = timeProvider.GetUtcNow();
        var counted = await statistics.ReadAsync(now - window, now, cancellationToken);
        return counted with { Backlog = await _backlog.GetAsync(cancellationToken) };
    }

    /// <summary>What each source has received.</summary>
    public Task<IReadOnlyList<SourceActivity>> SourcesAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return events.SourcesAsync(cancellationToken);
    }
}
