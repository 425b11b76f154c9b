namespace Scouthook.Inbox.Model;

/// <summary>What somebody wants an endpoint to be: all of it but what happens to it later.</summary>
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

    /// <summary>Its secrets, encrypted; <see langword="null"/> for handlers, and where a declaration does not say.</summary>
    public byte[]? Secrets { get; init; }
}
