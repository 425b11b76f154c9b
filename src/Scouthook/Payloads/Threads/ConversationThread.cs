using System.Text.Json.Serialization;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>One entry of a conversation: a message, a note, a chat, a call or a line item.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>.</remarks>
public sealed record ConversationThread : HelpScoutPayload
{
    /// <summary>The id of the thread. Needs a 64-bit integer.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>
    /// The kind of entry, such as <c>customer</c>, <c>message</c>, <c>note</c> or <c>lineitem</c>.
    /// </summary>
    [AlwaysPresent]
    public ConversationThreadType? Type { get; init; }

    /// <summary>The status that the thread gave to the conversation; <c>nochange</c> when it gave none.</summary>
    [AlwaysPresent]
    public ConversationThreadStatus? Status { get; init; }

    /// <summary>The state of the thread: published, a draft, hidden or under review.</summary>
    [AlwaysPresent]
    public ConversationThreadState? State { get; init; }

    /// <summary>The action of a line item. Other threads have the type <c>default</c>.</summary>
    [AlwaysPresent]
    public ThreadAction? Action { get; init; }

    /// <summary>The content as HTML, as the author wrote it. Absent on line items.</summary>
    /// <remarks>Written by strangers: never show it as HTML without cleaning it.</remarks>
    public string? Body { get; init; }

    /// <summary>The channel and the side that the thread came from.</summary>
    [AlwaysPresent]
    public ConversationSource? Source { get; init; }

    /// <summary>
    /// The customer of the conversation, or the sender when the thread is a customer message. It has no type.
    /// </summary>
    public Person? Customer { get; init; }

    /// <summary>The user or customer who wrote the thread.</summary>
    [AlwaysPresent]
    public Person? CreatedBy { get; init; }

    /// <summary>The user or team that the conversation was assigned to. Absent when it was unassigned.</summary>
    public Person? AssignedTo { get; init; }

    /// <summary>The id of the saved reply that was used.</summary>
    /// <value>0 when none was.</value>
    [AlwaysPresent]
    public long? SavedReplyId { get; init; }

    /// <summary>Email addresses of the recipients.</summary>
    /// <remarks>
    /// Normally an array; a single text is read as a list of one, as one vendor library also accepts.
    /// </remarks>
    [AlwaysPresent]
    [JsonConverter(typeof(StringListConverter))]
    public IReadOnlyList<string> To { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Email addresses that get a copy.</summary>
    [AlwaysPresent]
    public IReadOnlyList<string> Cc { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Email addresses that get a blind copy.</summary>
    [AlwaysPresent]
    public IReadOnlyList<string> Bcc { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The time the thread was written.</summary>
    [AlwaysPresent]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>
    /// The time the customer first opened the message. Only on threads of type <c>message</c>; absent until then.
    /// </summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The id of the conversation at the other end of a forwarding. Only on forwards.</summary>
    public long? LinkedConversationId { get; init; }

    /// <summary>
    /// The customer's rating of the message. Only on threads of type <c>message</c>; absent when not rated.
    /// </summary>
    public ThreadRating? Rating { get; init; }

    /// <summary>The schedule of a message that will be sent later. Absent when it is not scheduled.</summary>
    public ThreadSchedule? Scheduled { get; init; }

    /// <summary>The objects sent along with the thread: its attachments. Absent in official fixtures.</summary>
    /// <value>Never <see langword="null"/>: empty when the member is absent.</value>
    [JsonPropertyName("_embedded")]
    public ThreadEmbedded Embedded { get; init => field = value ?? new(); } = new();

    /// <summary>Links to the people of the thread. Absent in official fixtures.</summary>
    [JsonPropertyName("_links")]
    public ThreadLinks? Links { get; init; }
}
