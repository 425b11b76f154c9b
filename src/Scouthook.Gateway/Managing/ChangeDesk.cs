using System.Runtime.CompilerServices;
using Scouthook.Inbox;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>Everything that happens, for those who follow it as it happens.</summary>
/// <remarks>
/// Each follower reads the store at its own pace, so one that stops reading costs its connection and nothing else.
/// </remarks>
internal sealed class ChangeDesk(IChangeLog log, StoreSignal signal, KeyDesk keys, TimeProvider timeProvider)
{
    private const int Chunk = 200;

    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(15);

    /// <summary>Where a follower begins.</summary>
    /// <param name="caller">Who follows.</param>
    /// <param name="asked">The place that it asks for; <see langword="null"/>: what comes from now on.</param>
    /// <param name="cancellationToken">Set when the follower goes.</param>
    /// <returns>
    /// The place, and whether something is missing: one that has not come yet is of a store that was put back from a backup
    /// since, and nothing would ever come for it.
    /// </returns>
    public async Task<(long Place, bool IsGap)> BeginAsync(Caller caller, long? asked, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var last = await log.LastAsync(cancellationToken);
        return (asked <= last ? asked.Value : last, asked > last);
    }

    /// <summary>Follows the change log from a place on, until the caller stops or its key is not good any more.</summary>
    /// <param name="caller">Who follows.</param>
    /// <param name="after">The place.</param>
    /// <param name="silence">How long nothing comes before it says so.</param>
    /// <param name="cancellationToken">Set when the follower goes.</param>
    /// <returns>What came, page by page; <see langword="null"/> whenever nothing came for as long as said.</returns>
    public async IAsyncEnumerable<ChangePage?> FollowAsync(
        Caller caller, long after, TimeSpan silence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var news = new Latch();
        signal.Changed += news.Set;
        try
        {
            var checkedAt = timeProvider.GetTimestamp();
            while (!cancellationToken.IsCancellationRequested)
            {
                if (timeProvider.GetElapsedTime(checkedAt) >= BetweenChecks)
                {
                    // A follower may stay for weeks: what was taken from its key must count here too.
                    if (!await keys.IsLiveAsync(caller, cancellationToken))
                    {
                        yield break;
                    }

                    checkedAt = timeProvider.GetTimestamp();
                }

                var page = await log.ReadAsync(after, Chunk, cancellationToken);
                if (page.Changes.Count > 0 || page.IsGap)
                {
                    yield return page;
                }

                if (page.Through > after)
                {
                    after = page.Through;
                    continue;
                }

                var started = timeProvider.GetTimestamp();
                await news.WaitAsync(silence, timeProvider, cancellationToken);
                if (timeProvider.GetElapsedTime(started) >= silence)
                {
                    yield return null;
                }
            }
        }
        finally
        {
            signal.Changed -= news.Set;
        }
    }
}
