using Scouthook.Handling;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Receiving;

/// <summary>A request between its arrival and its commit. Owns the bytes of the request.</summary>
internal sealed class PendingAppend(ReceivedWebhook webhook, NewEvent added)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Abandoned = 2;
    private const int Overhead = 1024;

    private readonly TaskCompletionSource<ReceiveOutcome> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _state;

    public NewEvent Event { get; } = added;

    /// <summary>Its share of the bytes in flight.</summary>
    public long Cost { get; } = webhook.Body.Length + Overhead;

    public Task<ReceiveOutcome> Done => _done.Task;

    /// <summary>
    /// Claims it for a batch; from then on it is stored, even if its sender no longer waits for the response.
    /// </summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>
    /// Abandons it while it still waits: the sender was asked to retry, so it need not be stored now.
    /// </summary>
    public void Abandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting);

    /// <summary>Completes it: releases the bytes and returns the outcome to the waiting request.</summary>
    public void Complete(ReceiveOutcome outcome)
    {
        webhook.Dispose();
        _done.TrySetResult(outcome);
    }
}
