namespace Scouthook.Inbox.Model;

/// <summary>The state of a delivery. The numbers are stored.</summary>
internal enum DeliveryState
{
    /// <summary>Waits for its time, or for an earlier delivery of its resource.</summary>
    Pending = 0,

    /// <summary>A worker is attempting it.</summary>
    Leased = 1,

    Delivered = 2,

    /// <summary>Out of attempts; kept until it is replayed, retried or discarded.</summary>
    DeadLettered = 3,

    /// <summary>An operator decided that it is not to be delivered.</summary>
    Discarded = 4,
}
