using System.Threading.Channels;

namespace Scouthook.Inbox.Storage;

/// <summary>Wakes the one who waits; set several times before anybody waits, it wakes once.</summary>
internal sealed class AsyncAutoResetEvent
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Channel<bool> _set =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _set.Writer.TryWrite(true);

    /// <summary>Waits until it is set, a time has passed or the token is set, whatever comes first. Does not throw.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (_set.Reader.TryRead(out _) || atMost <= TimeSpan.Zero)
        {
            return;
        }

        // Timers do not go further than some weeks; whoever waits looks again.
        using var time = new CancellationTokenSource(atMost < Longest ? atMost : Longest, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await _set.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Either is a reason to look again.
        }
    }
}
