using Scouthook.Events;

namespace Scouthook.Inbox.Model;

/// <summary>A query for events. Every condition that is set must hold.</summary>
internal sealed record EventQuery
{
    /// <summary>Event patterns, any of which may match: <c>*</c>, <c>convo.*</c>, a family or a whole name. Empty: all.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>The name of the source.</summary>
    public string? Source { get; init; }

    /// <summary>The resource that the event is about.</summary>
    public ResourceReference? Resource { get; init; }

    /// <summary>The id of the inbox in Help Scout.</summary>
    public long? MailboxId { get; init; }

    /// <summary>How well the event could be read.</summary>
    public EventState? State { get; init; }

    /// <summary>
    /// Events with at least one delivery in this state; pending includes leased, and a replaced dead letter does not
    /// count.
    /// </summary>
    public DeliveryState? DeliveryState { get; init; }

    /// <summary>Received at this instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Received before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// An exact conversation number, id or e-mail address, or the beginning of a title; case-insensitive.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>True if <see cref="Text"/> matches only the parts of titles that viewers see.</summary>
    public bool AsViewer { get; init; }

    /// <summary>The <see cref="Page{T}.Next"/> of the previous page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The maximum number of events to return: 1 to 500.</summary>
    public int Limit { get; init; } = 50;
}
