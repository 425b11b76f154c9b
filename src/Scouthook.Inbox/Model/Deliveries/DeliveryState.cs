namespace Scouthook.Inbox.Model;

/// <summary>How far a delivery is. The numbers are stored.</summary>
internal enum DeliveryState
{
    /// <summary>Waits for its instant, or for an earlier delivery of its resource.</summary>
    Pending = 0,

    /// <summary>A worker is at it.</summary>
    Leased = 1,

    Delivered = 2,

    /// <summary>Out of attempts; kept until it is replayed, retried or discarded.</summary>
    DeadLettered = 3,

    /// <summary>A person decided that it need not arrive.</summary>
    Discarded = 4,
}
