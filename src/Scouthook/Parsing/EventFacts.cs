using Scouthook.Events;

namespace Scouthook.Parsing;

/// <summary>What one pass over a body tells without building objects: what it is about, when, and what lists show.</summary>
/// <remarks>Whatever could not be read is <see langword="null"/>; the body itself is never changed or dropped.</remarks>
public sealed record EventFacts
{
    /// <summary>What could be made of the event.</summary>
    public required EventState State { get; init; }

    /// <summary>Why an event is unreadable, or read only in part; quotes nothing of the body.</summary>
    /// <remarks>Whether it is unreadable is decided by <see cref="State"/>: V1 payloads are read and have a reason.</remarks>
    public string? StateReason { get; init; }

    /// <summary>What the event is about. Unset for survey answers, unknown and unreadable events.</summary>
    public ResourceReference? Resource { get; init; }

    /// <summary>What the event keeps its order with: its resource, but for a rating the rated conversation.</summary>
    public ResourceReference? OrdersWith { get; init; }

    /// <summary>When it happened, as far as the body tells, in UTC.</summary>
    /// <remarks>
    /// Of a created resource its <c>createdAt</c>; of a reply or note the <c>createdAt</c> of the newest published
    /// thread that fits the event; of a chat reply that of the visitor's newest message. Of everything else, and where
    /// these are absent, <see cref="ChangedAt"/>.
    /// </remarks>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>How new the state in the body is, in UTC: decides which of two bodies of a resource is newer.</summary>
    /// <remarks>
    /// Conversations: <c>userUpdatedAt</c>, else <c>createdAt</c>. Customers and tags: <c>updatedAt</c>, else
    /// <c>createdAt</c>. Ratings: <c>modifiedAt</c>, else <c>createdAt</c>. Chats: the newest of
    /// <c>_embedded.events[].createdAt</c>, else <c>createdAt</c>. User status: <c>email.updatedAt</c>. Survey answers:
    /// <c>response.timestamp</c>. Organizations and deletions carry no time.
    /// </remarks>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The id of the conversation that the event belongs to.</summary>
    public long? ConversationId { get; init; }

    /// <summary>The number of that conversation as people see it.</summary>
    public long? ConversationNumber { get; init; }

    /// <summary>The id of the inbox.</summary>
    public long? MailboxId { get; init; }

    /// <summary>The id of the customer.</summary>
    public long? CustomerId { get; init; }

    /// <summary>An e-mail address of the customer: the first one sent.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>One line that tells a person what the event is about; at most 200 characters.</summary>
    public string? Title { get; init; }

    /// <summary>Whether <see cref="Title"/> was taken from what somebody wrote (a preview, a comment) and not from a subject or name.</summary>
    /// <remarks>Such a title shows part of a body, which not everybody who may see a list may read.</remarks>
    internal bool TitleIsPreview { get; init; }

    /// <summary>The name (or e-mail address) of who did it, where the body tells; at most 200 characters.</summary>
    public string? Actor { get; init; }

    /// <summary>Where the resource can be read; only of a <see cref="EventState.Notification"/>.</summary>
    public Uri? ResourceUri { get; init; }

    /// <summary>Returns state and resource, and nothing else of the body.</summary>
    /// <returns>For example <c>Ok conversation:3352330101</c>.</returns>
    public override string ToString() => $"{State} {Resource}".TrimEnd();

    internal static EventFacts Unreadable(string reason) =>
        new() { State = EventState.Unreadable, StateReason = reason };
}
