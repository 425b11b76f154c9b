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

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Where a follower begins that wants what comes from now on.</summary>
    public Task<long> LastAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return log.LastAsync(cancellationToken);
    }

    /// <summary>Follows the change log from a place on, until the caller stops or its key is not good any more.</summary>
    /// <param name="caller">Who follows.</param>
    /// <param name="after">The place.</param>
    /// <param name="cancellationToken">Set when the follower goes.</param>
    /// <returns>What came, page by page; <see langword="null"/> whenever nothing came for 15 seconds.</returns>
    public async IAsyncEnumerable<ChangePage?> FollowAsync(
        Caller caller, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var news = new Latch();
        signal.Changed += news.Set;
        try
        {
            var checkedAt = timeProvider.GetTimestamp();
            while (!cancellationToken.IsCancellationRequested)
            {
                if (timeProvider.GetElapsedTime(checkedAt) >= Quiet)
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
                await news.WaitAsync(Quiet, timeProvider, cancellationToken);
                if (timeProvider.GetElapsedTime(started) >= Quiet)
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
