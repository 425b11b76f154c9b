namespace Scouthook.Inbox.Model;

/// <summary>The outcome of a requested retry or discard of a delivery.</summary>
internal enum DeliveryChangeOutcome
{
    Done,
    NotFound,

    /// <summary>An attempt is under way.</summary>
    BeingAttempted,

    /// <summary>It is pending and due, so there is nothing to bring forward.</summary>
    AlreadyDue,

    /// <summary>An earlier delivery of its resource goes first.</summary>
    BehindEarlier,

    Delivered,
    Discarded,

    /// <summary>A dead letter that a replay has replaced.</summary>
    Replaced,

    /// <summary>A dead letter whose endpoint was deleted, so that it could never be delivered.</summary>
    EndpointDeleted,
}
