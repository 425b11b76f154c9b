using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Services;

/// <summary>Delivers all changes to followers as they happen.</summary>
/// <remarks>
/// Each follower reads the store at its own pace, so one that stops reading costs its connection and nothing else.
/// </remarks>
internal sealed class ChangeService(
    IChangeLog log, IStoreSignal signal, ChangeLogReadGate gate, KeyService keys, TimeProvider timeProvider)
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

    /// <summary>Notifies a page that something has changed; the page then reads what its caller may see.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="changed">Called at each change, on any thread; must return at once.</param>
    /// <returns>Ends the notifications when it is disposed.</returns>
    public IDisposable Notify(Caller caller, Action changed)
    {
        caller.MustBe(ApiRole.Viewer);
        signal.Changed += changed;
        return new Subscription(() => signal.Changed -= changed);
    }

    /// <summary>Follows the change log until the follower disconnects or its key is no longer valid.</summary>
    /// <param name="caller">The follower.</param>
    /// <param name="position">The position to continue after.</param>
    /// <param name="keepAliveInterval">How long to wait without changes before flushing a keep-alive.</param>
    /// <param name="onPage">Receives the changes after a position. It must not wait, because other followers do.</param>
    /// <param name="flush">
    /// Sends the received changes or, if <see langword="false"/>, a keep-alive; may take as long as the follower.
    /// </param>
    /// <param name="cancellationToken">Set when the follower disconnects.</param>
    /// <exception cref="OperationCanceledException">The token was set.</exception>
    public async Task FollowAsync(
        Caller caller,
        long position,
        TimeSpan keepAliveInterval,
        Action<ChangePage, long> onPage,
        Func<bool, ValueTask> flush,
        CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        var changed = new AsyncAutoResetEvent();
        signal.Changed += changed.Set;
        try
        {
            var checkedAt = timeProvider.GetTimestamp();
            var sentAt = timeProvider.GetTimestamp();
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

                var (through, hasChanges) = await ReadAsync(position, onPage, cancellationToken);
                await flush(true);
                sentAt = hasChanges ? timeProvider.GetTimestamp() : sentAt;
                if (through > position)
                {
                    position = through;
                    continue;
                }

                // Counted from the last message and not from the start of the wait: a timer may end a little early, and
                // what woke it may be of no interest to followers.
                var left = keepAliveInterval - timeProvider.GetElapsedTime(sentAt);
                if (left > TimeSpan.Zero)
                {
                    await changed.WaitAsync(
                        TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), timeProvider, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                    continue;
                }

                await flush(false);
                sentAt = timeProvider.GetTimestamp();
            }
        }
        finally
        {
            signal.Changed -= changed.Set;
        }
    }

    /// <returns>The position reached, and whether there was anything to send.</returns>
    private async Task<(long Through, bool HasChanges)> ReadAsync(long position, Action<ChangePage, long> onPage, CancellationToken cancellationToken)
    {
        using var slot = await gate.TakeAsync(cancellationToken);
        var page = await log.ReadAsync(position, Chunk, cancellationToken);
        onPage(page, position);
        return (page.Through, page.Changes.Count > 0 || page.IsGap);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
