namespace Scouthook.Inbox.Model;

/// <summary>A worker's time-limited claim on a delivery, and the data for the attempt.</summary>
internal sealed record DeliveryLease
{
    public required Guid DeliveryId { get; init; }

    /// <summary>The endpoint as the leasing transaction saw it.</summary>
    public required WebhookEndpoint Endpoint { get; init; }

    /// <summary>The claim granted by the store; <see langword="null"/> for an event that is not stored.</summary>
    public LeaseClaim? Claim { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>True if the attempt has started: it counts even if it never ends.</summary>
    public required bool IsStarted { get; init; }

    /// <summary>The same, counted from when an operator last reopened the delivery; the schedule uses it.</summary>
    public required int AttemptSinceReopened { get; init; }

    public Guid? Replay { get; init; }

    public required StoredEvent Event { get; init; }

    /// <summary>The bytes as Help Scout sent them.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The request's headers, as a JSON array of pairs.</summary>
    public string Headers { get; init; } = "[]";
}
