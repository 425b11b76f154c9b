namespace Scouthook.Inbox.Storage;

/// <summary>Signals within one process. Stores raise it after their commits.</summary>
internal sealed class StoreSignal : IStoreSignal
{
    public event Action<Guid>? DeliveriesDue;

    public event Action? Changed;

    public event Action? Committed;

    public AsyncAutoResetEvent Events { get; } = new();

    public AsyncAutoResetEvent Endpoints { get; } = new();

    public AsyncAutoResetEvent Replays { get; } = new();

    public AsyncAutoResetEvent SourceSecrets { get; } = new();

    /// <summary>Signals every stage: the store can be used again, and may be ahead of what they know.</summary>
    public void All()
    {
        Events.Set();
        Endpoints.Set();
        Replays.Set();
        SourceSecrets.Set();
        Change();
    }

    public void Change() => Changed?.Invoke();

    public void Commit() => Committed?.Invoke();

    public void Due(Guid endpoint) => DeliveriesDue?.Invoke(endpoint);
}
