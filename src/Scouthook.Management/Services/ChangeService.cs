using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;


namespace Scouthook.Management.Services;

/// <summary>Delivers all changes to followers as they happen.</summary>
/// <remarks>
/// Each follower reads the store at its own pace, so one that stops reading costs its connection and nothing else.
/// </remarks>
internal sealed class ChangeService(
    IChangeLog log, StoreSignal signal, ChangeLogReadGate turns, KeyService keys, TimeProvider timeProvider)
{
    private const int Chunk = 200;

    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(15);

    /// <summary>Returns the position where a follower begins.</summary>
    /// <param name="caller">The follower.</param>
    /// <param name="asked">The requested position; <see langword="null"/> for new changes only.</param>
    /// <param name="cancellationToken">Set when the follower disconnects.</param>
    /// <returns>
    /// The position, and whether changes are missing: a position in the future belongs to a store that has since been
    /// replaced by a backup, and nothing would ever be sent for it.
    /// </returns>
    public async Task<(long Place, bool IsGap)> BeginAsync(Caller caller, long? asked, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var last = await log.LastAsync(cancellationToken);
        return (asked <= last ? asked.Value : last, asked > last);
    }

    /// <summary>Follows the change log until the follower disconnects or its key is no longer valid.</summary>
    /// <param name="caller">The follower.</param>
    /// <param name="place">The position to continue after.</param>
    /// <param name="silence">How long nothing comes before it is told so.</param>
    /// <param name="take">Takes what came after a place. Others wait meanwhile, so it must not.</param>
    /// <param name="pass">Passes on what was taken, or that nothing came; may take as long as the follower does.</param>
    /// <param name="cancellationToken">Set when the follower disconnects.</param>
    /// <exception cref="OperationCanceledException">The token was set.</exception>
    public async Task FollowAsync(
        Caller caller,
        long place,
        TimeSpan silence,
        Action<ChangePage, long> take,
        Func<bool, ValueTask> pass,
        CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var news = new AsyncAutoResetEvent();
        signal.Changed += news.Set;
        try
        {
            var checkedAt = timeProvider.GetTimestamp();
            var saidAt = timeProvider.GetTimestamp();
            while (true)
            {
                if (timeProvider.GetElapsedTime(checkedAt) >= BetweenChecks)
                {
                    // A follower may stay for weeks, so changes to its key must take effect here too.
                    if (!await keys.IsLiveAsync(caller, cancellationToken))
                    {
                        return;
                    }

                    checkedAt = timeProvider.GetTimestamp();
                }

                var (through, isNews) = await ReadAsync(place, take, cancellationToken);
                await pass(true);
                saidAt = isNews ? timeProvider.GetTimestamp() : saidAt;
                if (through > place)
                {
                    place = through;
                    continue;
                }

                // Counted from the last message and not from the start of the wait: a timer may end a little early, and
                // what woke it may be of no interest to followers.
                var left = silence - timeProvider.GetElapsedTime(saidAt);
                if (left > TimeSpan.Zero)
                {
                    await news.WaitAsync(
                        TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), timeProvider, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                    continue;
                }

                await pass(false);
                saidAt = timeProvider.GetTimestamp();
            }
        }
        finally
        {
            signal.Changed -= news.Set;
        }
    }

    /// <returns>The position reached, and whether there was anything to send.</returns>
    private async Task<(long Through, bool IsNews)> ReadAsync(long place, Action<ChangePage, long> take, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken);
        var page = await log.ReadAsync(place, Chunk, cancellationToken);
        take(page, place);
        return (page.Through, page.Changes.Count > 0 || page.IsGap);
    }
}
