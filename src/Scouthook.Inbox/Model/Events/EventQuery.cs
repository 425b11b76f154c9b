using Scouthook.Events;

namespace Scouthook.Inbox.Model;

/// <summary>Which events somebody wants to see. Every condition that is set must hold.</summary>
internal sealed record EventQuery
{
    /// <summary>Event patterns, any of which may match: <c>*</c>, <c>convo.*</c>, a family or a whole name. Empty: all.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>The name of the source.</summary>
    public string? Source { get; init; }

    /// <summary>What the event is about.</summary>
    public ResourceReference? Resource { get; init; }

    /// <summary>The id of the inbox at Help Scout.</summary>
    public long? MailboxId { get; init; }

    /// <summary>What could be made of the event.</summary>
    public EventState? State { get; init; }

    /// <summary>With at least one delivery in this state; pending includes leased, a replaced dead letter does not count.</summary>
    public DeliveryState? DeliveryState { get; init; }

    /// <summary>Received at this instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Received before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// An exact conversation number, id or e-mail address, or the beginning of a title; letter case does not count.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether <see cref="Text"/> leaves out titles that were taken from what somebody wrote.</summary>
    public bool WithoutPreviews { get; init; }

    /// <summary>Only events with a sequence below this one: where the page before ended.</summary>
    public long? Before { get; init; }

    /// <summary>The most events to return: 1 to 500.</summary>
    public int Limit { get; init; } = 50;
}
