namespace Scouthook.Inbox.Storage;

/// <summary>Signals stages that the store has work for them, right after the commit.</summary>
/// <remarks>
/// It carries no data: a signaled stage reads the store. A lost signal costs time and no event, because every stage
/// also checks periodically. A store with several nodes signals the commits of all nodes.
/// </remarks>
internal interface IStoreSignal
{
    /// <summary>Raised with the id of an endpoint that has a due delivery.</summary>
    event Action<Guid>? DeliveriesDue;

    /// <summary>Raised when followers have something to read.</summary>
    event Action? Changed;

    /// <summary>Raised after every commit.</summary>
    event Action? Committed;

    /// <summary>Set when events are to be dispatched.</summary>
    AsyncAutoResetEvent Events { get; }

    /// <summary>Set when an endpoint has changed.</summary>
    AsyncAutoResetEvent Endpoints { get; }

    /// <summary>Set when a replay was added.</summary>
    AsyncAutoResetEvent Replays { get; }

    /// <summary>Set when a secret of a source was added or ended.</summary>
    AsyncAutoResetEvent SourceSecrets { get; }
}
