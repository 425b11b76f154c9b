namespace Scouthook.Inbox.Model;

/// <summary>The desired configuration of an endpoint, without runtime state and without its secrets.</summary>
/// <remarks>Secrets are changed by rotation only, so that no change of the configuration can put older ones back.</remarks>
internal sealed record EndpointDefinition
{
    public const int MaxNameLength = 100;

    public required string Name { get; init; }

    public required EndpointKind Kind { get; init; }

    /// <summary>Where to post; only of <see cref="EndpointKind.Http"/>.</summary>
    public Uri? Url { get; init; }

    /// <summary>Event patterns, any of which may match.</summary>
    public IReadOnlyList<string> Events { get; init; } = [EventPattern.Everything];

    /// <summary>Inboxes at Help Scout. An event that tells its inbox must be of one of them; empty: of any.</summary>
    public IReadOnlyList<long> MailboxIds { get; init; } = [];

    /// <summary>What must have been made of an event for it to be delivered.</summary>
    public EventStates States { get; init; } = EventStates.All;

    public EndpointOrdering Ordering { get; init; }

    /// <summary>How long one attempt may take; <see langword="null"/>: as configured for all.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many attempts may run at once; <see langword="null"/>: as configured for all.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Compares by content; lists would otherwise be compared by reference.</summary>
    public bool IsSameAs(EndpointDefinition other) =>
        Events.SequenceEqual(other.Events)
        && MailboxIds.SequenceEqual(other.MailboxIds)
        && Url?.AbsoluteUri == other.Url?.AbsoluteUri
        && this with { Events = other.Events, MailboxIds = other.MailboxIds, Url = other.Url } == other;
}
