using System.IO.Pipelines;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>The share of one request body in the <see cref="BodyBudget"/>.</summary>
/// <remarks>Mutable state is guarded by the lock of the budget.</remarks>
internal sealed class BodyCharge(BodyBudget budget, long startedAt) : IDisposable
{
    private readonly Lock _waiting = new();
    private PipeReader? _reader;
    private ITimer? _timeout;
    private bool _isTimedOut;

    /// <summary>The timestamp at which reading started.</summary>
    public long StartedAt { get; } = startedAt;

    public BodyChargeState State { get; set; } = BodyChargeState.Reading;

    /// <summary>The bytes charged, including the cost of the request itself.</summary>
    public long Bytes { get; set; }

    /// <summary>True if it exceeds the size of small bodies, for which a share is reserved.</summary>
    public bool IsLarge { get; set; }

    public bool IsReading => State is BodyChargeState.Reading;

    /// <summary>The reason why waiting for the sender ended before the body was complete.</summary>
    public BodyReadOutcome EndedBy => _isTimedOut ? BodyReadOutcome.TimedOut : BodyReadOutcome.NoRoom;

    /// <summary>Prepares to wait for the sender, during which a body can time out or be evicted.</summary>
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
    /// <returns><see langword="false"/> if there is no room for them; nothing more is charged.</returns>
    public bool TryAdd(long bytes) => budget.TryAdd(this, bytes);

    /// <summary>Marks the body as complete: from now on it can neither time out nor be evicted.</summary>
    /// <returns><see langword="false"/> if it already has.</returns>
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
        // Under the lock: the server reuses the reader for the next request of the connection.
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

    /// <summary>Releases the request, which may end before its body is disposed.</summary>
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
