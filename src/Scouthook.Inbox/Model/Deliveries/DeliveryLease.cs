namespace Scouthook.Inbox.Model;

/// <summary>A worker's time-limited claim on a delivery, and the data for the attempt.</summary>
internal sealed record DeliveryLease
{
    /// <summary>The row number of the delivery.</summary>
    public required long RowId { get; init; }

    public required Guid DeliveryId { get; init; }

    public required WebhookEndpoint Endpoint { get; init; }

    /// <summary>Distinguishes this claim from every other on the same delivery.</summary>
    public required long Token { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The same, counted from when an operator last reopened the delivery; the schedule uses it.</summary>
    public required int AttemptSinceReopened { get; init; }

    public Guid? Replay { get; init; }

    public required StoredEvent Event { get; init; }

    /// <summary>The bytes as Help Scout sent them.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The request's headers, as a JSON array of pairs.</summary>
    public string Headers { get; init; } = "[]";
}
