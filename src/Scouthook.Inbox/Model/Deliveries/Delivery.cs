namespace Scouthook.Inbox.Model;

/// <summary>The delivery of one stored event to one endpoint, as lists show it.</summary>
internal sealed record Delivery
{
    public required Guid Id { get; init; }

    public required Guid EventId { get; init; }

    /// <summary>The event name as received.</summary>
    public required string EventType { get; init; }

    /// <summary>A one-line description of the event.</summary>
    public string? Title { get; init; }

    /// <summary>True if the title was taken from a message text and not from a subject or name.</summary>
    public bool TitleIsPreview { get; init; }

    public required Guid EndpointId { get; init; }

    public required string EndpointName { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>Why it is a dead letter.</summary>
    public string? StateReason { get; init; }

    /// <summary>How many attempts were started.</summary>
    public required int Attempts { get; init; }

    /// <summary>
    /// When it is tried next; <see langword="null"/> for a pending delivery means that an earlier one goes first.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The error of the last attempt; <see langword="null"/> if it succeeded or there was none.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The replay that added it.</summary>
    public Guid? Replay { get; init; }

    /// <summary>The delivery that a replay created in its place.</summary>
    public Guid? ReplacedBy { get; init; }
}
