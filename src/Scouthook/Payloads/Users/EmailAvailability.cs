namespace Scouthook.Payloads;

/// <summary>
/// The availability of a user for email conversations, the time it changed, and the source of the change.
/// </summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/users/status/get</c>.</remarks>
public sealed record EmailAvailability : HelpScoutPayload
{
    /// <summary>The status: <c>active</c> or <c>away</c>.</summary>
    [AlwaysPresent]
    public EmailAvailabilityStatus? Status { get; init; }

    /// <summary>The time the status was last changed.</summary>
    [AlwaysPresent]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The id of the user who changed the status. May be absent.</summary>
    public long? PerformedBy { get; init; }

    /// <summary>The source of the change: <c>ui</c>, <c>api</c> or <c>presence_detection</c>. May be absent.</summary>
    public StatusSource? Source { get; init; }
}
