namespace Scouthook.Inbox.Storage;

/// <summary>Signals stages that the store has work for them, right after the commit.</summary>
/// <remarks>
/// It carries no data: a signaled stage reads the store. A lost signal costs time and no event, because every stage
/// also checks periodically.
/// </remarks>
internal sealed class StoreSignal
{
    /// <summary>Raised with the row number of an endpoint that has a due delivery.</summary>
    public event Action<long>? DeliveriesDue;

    /// <summary>Raised when followers have something to read.</summary>
    public event Action? Changed;

    /// <summary>Called after every commit, by the thread that writes.</summary>
    public event Action? Committed;

    public AsyncAutoResetEvent Events { get; } = new();

    public AsyncAutoResetEvent Endpoints { get; } = new();

    public AsyncAutoResetEvent Replays { get; } = new();

    /// <summary>Signals every stage: the store can be used again, and may be ahead of what they know.</summary>
    public void All()
    {
        Events.Set();
        Endpoints.Set();
        Replays.Set();
        Change();
    }

    public void Change() => Changed?.Invoke();

    public void Commit() => Committed?.Invoke();

    public void Due(long endpoint) => DeliveriesDue?.Invoke(endpoint);
}
