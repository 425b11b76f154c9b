using Scouthook.Events;

namespace Scouthook.Inbox.Model;

/// <summary>One event of the inbox as lists show it: everything but the bytes.</summary>
internal sealed record StoredEvent
{
    /// <summary>Identifies the event; says nothing of its order.</summary>
    public required Guid Id { get; init; }

    /// <summary>The place of the event in the order of storing, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The event name as received; empty when there was none.</summary>
    public required string EventType { get; init; }

    /// <summary>What could be made of the event.</summary>
    public required EventState State { get; init; }

    /// <summary>Why an event is unreadable, or read only in part.</summary>
    public string? StateReason { get; init; }

    /// <summary>When the request was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it happened, as far as the body tells.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>How new the state in the body is; unset for events stored before this was kept.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>What the event is about.</summary>
    public ResourceReference? Resource { get; init; }

    /// <summary>What the event keeps its order with.</summary>
    public ResourceReference? OrdersWith { get; init; }

    /// <summary>The id of the conversation.</summary>
    public long? ConversationId { get; init; }

    /// <summary>The number of the conversation.</summary>
    public long? ConversationNumber { get; init; }

    /// <summary>The id of the inbox at Help Scout.</summary>
    public long? MailboxId { get; init; }

    /// <summary>The id of the customer.</summary>
    public long? CustomerId { get; init; }

    /// <summary>One line that tells a person what the event is about.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the title was taken from what somebody wrote and not from a subject or name.</summary>
    public bool TitleIsPreview { get; init; }

    /// <summary>Who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>Whether the event was older than what was known of its resource.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether the same request was stored before and this may be the same event again.</summary>
    public bool IsPossibleRepeat { get; init; }

    /// <summary>How many repeats of the request were recognised.</summary>
    public int Repeats { get; init; }

    /// <summary>When the last of them came.</summary>
    public DateTimeOffset? LastRepeatAt { get; init; }

    /// <summary>The size of the body in bytes.</summary>
    public int Size { get; init; }
}
