using System.Threading.Channels;

namespace Scouthook.Inbox.Storage;

/// <summary>Signals a single waiter; repeated signals collapse into one.</summary>
internal sealed class AsyncAutoResetEvent
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Channel<bool> _set =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _set.Writer.TryWrite(true);

    /// <summary>
    /// Waits until it is set, the time has passed or the token is set, whichever comes first. Does not throw.
    /// </summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (_set.Reader.TryRead(out _) || atMost <= TimeSpan.Zero)
        {
            return;
        }

        // Timers are limited to some weeks; the waiter checks again after that.
        using var time = new CancellationTokenSource(atMost < Longest ? atMost : Longest, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await _set.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Either is a reason to check again.
        }
    }
}
