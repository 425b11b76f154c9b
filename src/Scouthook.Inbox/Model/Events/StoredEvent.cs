using Scouthook.Events;

namespace Scouthook.Inbox.Model;

/// <summary>A stored event as lists show it: everything but the bytes.</summary>
internal sealed record StoredEvent
{
    /// <summary>Identifies the event; does not reflect its order.</summary>
    public required Guid Id { get; init; }

    /// <summary>The position of the event in storage order, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The event name as received; empty when there was none.</summary>
    public required string EventType { get; init; }

    /// <summary>How well the event could be read.</summary>
    public required EventState State { get; init; }

    /// <summary>Why an event is unreadable, or only partly read.</summary>
    public string? StateReason { get; init; }

    /// <summary>When the request was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it happened, if the body says so.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>When the state in the body last changed; unset for events stored before this was recorded.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The resource that the event is about.</summary>
    public ResourceReference? Resource { get; init; }

    /// <summary>The resource with whose deliveries it keeps its order.</summary>
    public ResourceReference? OrdersWith { get; init; }

    /// <summary>The id of the conversation.</summary>
    public long? ConversationId { get; init; }

    /// <summary>The number of the conversation.</summary>
    public long? ConversationNumber { get; init; }

    /// <summary>The id of the inbox in Help Scout.</summary>
    public long? MailboxId { get; init; }

    /// <summary>The id of the customer.</summary>
    public long? CustomerId { get; init; }

    /// <summary>A one-line description of the event.</summary>
    public string? Title { get; init; }

    /// <summary>True if the title was taken from a message text and not from a subject or name.</summary>
    public bool TitleIsPreview { get; init; }

    /// <summary>The user or customer who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>True if the event was older than the known state of its resource.</summary>
    public bool IsStale { get; init; }

    /// <summary>True if the same request was stored before, so that this may be the same event again.</summary>
    public bool IsPossibleRepeat { get; init; }

    /// <summary>How many repeats of the request were recognised.</summary>
    public int Repeats { get; init; }

    /// <summary>When the last repeat was received.</summary>
    public DateTimeOffset? LastRepeatAt { get; init; }

    /// <summary>The size of the body in bytes.</summary>
    public int Size { get; init; }
}
