namespace Scouthook.Inbox.Storage;

/// <summary>The kind of object that an id names.</summary>
internal enum IdKind
{
    Event,
    Delivery,
    Endpoint,
    Replay,
}
