

namespace Scouthook.Inbox.Storage;

/// <summary>What an id names.</summary>
internal enum IdKind
{
    Event,
    Delivery,
    Endpoint,
    Replay,
}
