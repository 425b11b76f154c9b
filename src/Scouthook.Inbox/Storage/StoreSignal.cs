
namespace Scouthook.Inbox.Storage;

/// <summary>Tells stages that the store has something for them, right after the commit.</summary>
/// <remarks>
/// It carries no facts: whoever is woken looks into the store. A wake-up that gets lost costs time and no event, because
/// everybody also looks now and then.
/// </remarks>
internal sealed class StoreSignal
{
    /// <summary>Called with the key of an endpoint that has something due.</summary>
    public event Action<long>? DeliveriesDue;

    /// <summary>Called when followers have something to read.</summary>
    public event Action? Changed;

    /// <summary>Called after every commit, by the thread that writes.</summary>
    public event Action? Committed;

    public AsyncAutoResetEvent Events { get; } = new();

    public AsyncAutoResetEvent Endpoints { get; } = new();

    public AsyncAutoResetEvent Replays { get; } = new();

    /// <summary>Wakes every stage: the store can be used again, and may be ahead of what they know.</summary>
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
