using System.IO.Pipelines;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>The share of one request body in the <see cref="BodyBudget"/>.</summary>
/// <remarks>What can be set is guarded by the lock of the budget.</remarks>
internal sealed class BodyCharge(BodyBudget budget, long startedAt) : IDisposable
{
    private readonly Lock _waiting = new();
    private PipeReader? _reader;
    private ITimer? _timeout;
    private bool _isTimedOut;

    /// <summary>The timestamp at which reading began.</summary>
    public long StartedAt { get; } = startedAt;

    public BodyChargeState State { get; set; } = BodyChargeState.Reading;

    /// <summary>The bytes charged, with what a request costs beside its body.</summary>
    public long Bytes { get; set; }

    /// <summary>Whether more has been read than the share of small bodies is reserved for.</summary>
    public bool IsLarge { get; set; }

    public bool IsReading => State is BodyChargeState.Reading;

    /// <summary>Why waiting for the sender was ended before the body was whole.</summary>
    public BodyReadOutcome EndedBy => _isTimedOut ? BodyReadOutcome.TimedOut : BodyReadOutcome.NoRoom;

    /// <summary>Prepares for waiting for the sender, which is when a body can time out or be evicted.</summary>
    public void Wait(PipeReader reader, TimeSpan timeout, TimeProvider timeProvider)
    {
        if (_reader is not null)
        {
            return;
        }

        lock (_waiting)
        {
            _reader = reader;
            _timeout = timeProvider.CreateTimer(
                static charge => ((BodyCharge)charge!).TimeOut(), this, timeout, Timeout.InfiniteTimeSpan);
        }

        budget.Register(this);
    }

    /// <summary>Adds bytes that have been read.</summary>
    /// <returns><see langword="false"/> when there is no room for them; nothing of it is charged any more.</returns>
    public bool TryAdd(long bytes) => budget.TryAdd(this, bytes);

    /// <summary>From now on the body can be neither timed out nor evicted.</summary>
    /// <returns><see langword="false"/> when it already was.</returns>
    public bool TryComplete()
    {
        StopWaiting();
        return budget.TryMove(this, BodyChargeState.Complete);
    }

    /// <summary>Moves the body out of the share of unverified ones.</summary>
    public void Verified() => budget.TryMove(this, BodyChargeState.Verified);

    /// <summary>Ends the wait for the sender.</summary>
    public void Cancel()
    {
        // Under the lock: the server uses the same reader again for the next request of the connection.
        lock (_waiting)
        {
            _reader?.CancelPendingRead();
        }
    }

    public void Dispose()
    {
        StopWaiting();
        budget.Release(this);
    }

    /// <summary>Lets go of the request, which may end before its body is disposed.</summary>
    public void StopWaiting()
    {
        lock (_waiting)
        {
            _reader = null;
            _timeout?.Dispose();
            _timeout = null;
        }
    }

    private void TimeOut()
    {
        _isTimedOut = true;
        Cancel();
    }
}
