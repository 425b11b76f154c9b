using Scouthook.Events;

namespace Scouthook.Inbox.Model;

/// <summary>The events to replay. Every condition that is set must hold; at least one is required.</summary>
internal sealed record ReplayRequest
{
    /// <summary>One event.</summary>
    public Guid? EventId { get; init; }

    /// <summary>The endpoint to deliver to; <see langword="null"/>: every enabled one that the event matches.</summary>
    public Guid? EndpointId { get; init; }

    /// <summary>
    /// All dead letters of <see cref="EndpointId"/> that have not been replaced; cannot be combined with other
    /// conditions.
    /// </summary>
    public bool DeadLetters { get; init; }

    /// <summary>Event patterns; empty: every Help Scout event.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    public string? Source { get; init; }

    /// <summary>Events about this kind of resource; its id is in <see cref="ResourceId"/>.</summary>
    public ResourceKind? ResourceKind { get; init; }

    public string? ResourceId { get; init; }

    public long? MailboxId { get; init; }

    /// <summary>How well the event could be read.</summary>
    public EventState? State { get; init; }

    /// <summary>Received at this instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Received before this instant.</summary>
    public DateTimeOffset? Until { get; init; }
}
