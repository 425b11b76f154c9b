using Scouthook.Events;

namespace Scouthook.Parsing;

/// <summary>
/// The facts read from a body in one pass without building objects: subject, time, and the columns of lists.
/// </summary>
/// <remarks>
/// Members that could not be read are <see langword="null"/>; the body itself is never changed or dropped.
/// </remarks>
public sealed record EventFacts
{
    /// <summary>How well the event could be read.</summary>
    public required EventState State { get; init; }

    /// <summary>Why an event is unreadable, or only partly read; quotes nothing from the body.</summary>
    /// <remarks>
    /// <see cref="State"/> alone decides whether it is unreadable: V1 payloads are read and have a reason.
    /// </remarks>
    public string? StateReason { get; init; }

    /// <summary>
    /// The resource that the event is about. Unset for survey answers, unknown and unreadable events.
    /// </summary>
    public ResourceReference? Resource { get; init; }

    /// <summary>
    /// The resource with whose events it keeps its order: its own resource, but for a rating the rated conversation.
    /// </summary>
    public ResourceReference? OrdersWith { get; init; }

    /// <summary>When it happened, if the body says so, in UTC.</summary>
    /// <remarks>
    /// For a created resource its <c>createdAt</c>; for a reply or note the <c>createdAt</c> of the newest published
    /// thread that fits the event; for a chat reply that of the visitor's newest message. For everything else, and
    /// where these are absent, <see cref="ChangedAt"/>.
    /// </remarks>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>
    /// When the state in the body last changed, in UTC: decides which of two bodies of a resource is newer.
    /// </summary>
    /// <remarks>
    /// Conversations: <c>userUpdatedAt</c>, else <c>createdAt</c>. Customers and tags: <c>updatedAt</c>, else
    /// <c>createdAt</c>. Ratings: <c>modifiedAt</c>, else <c>createdAt</c>. Chats: the newest of
    /// <c>_embedded.events[].createdAt</c>, else <c>createdAt</c>. User status: <c>email.updatedAt</c>. Survey answers:
    /// <c>response.timestamp</c>. Organizations and deletions carry no time.
    /// </remarks>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The id of the conversation that the event belongs to.</summary>
    public long? ConversationId { get; init; }

    /// <summary>The number of that conversation as users see it.</summary>
    public long? ConversationNumber { get; init; }

    /// <summary>The id of the inbox.</summary>
    public long? MailboxId { get; init; }

    /// <summary>The id of the customer.</summary>
    public long? CustomerId { get; init; }

    /// <summary>An e-mail address of the customer: the first one sent.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>A one-line description of the event; at most 200 characters.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// True if <see cref="Title"/> was taken from a message text (a preview, a comment) and not from a subject or name.
    /// </summary>
    /// <remarks>Such a title shows part of a body, which not every user who may see a list may read.</remarks>
    internal bool TitleIsPreview { get; init; }

    /// <summary>
    /// The name (or e-mail address) of the person who did it, if the body says so; at most 200 characters.
    /// </summary>
    public string? Actor { get; init; }

    /// <summary>
    /// The URL from which the resource can be read; only for a <see cref="EventState.Notification"/>.
    /// </summary>
    public Uri? ResourceUri { get; init; }

    /// <summary>Returns state and resource, and no other content of the body.</summary>
    /// <returns>For example <c>Ok conversation:3352330101</c>.</returns>
    public override string ToString() => $"{State} {Resource}".TrimEnd();

    internal static EventFacts Unreadable(string reason) =>
        new() { State = EventState.Unreadable, StateReason = reason };
}
