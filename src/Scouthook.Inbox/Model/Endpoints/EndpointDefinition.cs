namespace Scouthook.Inbox.Model;

/// <summary>The desired configuration of an endpoint, without runtime state and without its secrets.</summary>
/// <remarks>Secrets are changed by rotation only, so that no change of the configuration can put older ones back.</remarks>
internal sealed record EndpointDefinition
{
    public const int MaxNameLength = 100;

    public required string Name { get; init; }

    public required EndpointKind Kind { get; init; }

    /// <summary>The URL to post to; only for <see cref="EndpointKind.Http"/>.</summary>
    public Uri? Url { get; init; }

    /// <summary>Event patterns, any of which may match.</summary>
    public IReadOnlyList<string> Events { get; init; } = [EventPattern.Everything];

    /// <summary>Inboxes in Help Scout. An event that names its inbox must belong to one of them; empty: any.</summary>
    public IReadOnlyList<long> MailboxIds { get; init; } = [];

    /// <summary>The event states to deliver.</summary>
    public EventStates States { get; init; } = EventStates.All;

    public EndpointOrdering Ordering { get; init; }

    /// <summary>How long one attempt may take; <see langword="null"/>: the configured default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many attempts may run at once; <see langword="null"/>: the configured default.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Compares by content; lists would otherwise be compared by reference.</summary>
    public bool IsSameAs(EndpointDefinition other) =>
        Events.SequenceEqual(other.Events)
        && MailboxIds.SequenceEqual(other.MailboxIds)
        && Url?.AbsoluteUri == other.Url?.AbsoluteUri
        && this with { Events = other.Events, MailboxIds = other.MailboxIds, Url = other.Url } == other;
}
