using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>A conversation as it was when the event happened.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>. Eleven event types carry it, and only
/// the event type says what happened: the previous status, tags, assignee or inbox is not sent. Members without a
/// value are left out.
/// </remarks>
public sealed record Conversation : HelpScoutPayload
{
    /// <summary>The id of the conversation.</summary>
    /// <remarks>Needs a 64-bit integer: ids above 3,350,000,000 are in use.</remarks>
    [AlwaysPresent]
    public required long Id { get; init; }

    /// <summary>The number of the conversation that users see in Help Scout.</summary>
    /// <remarks>Up to eight digits seen.</remarks>
    [AlwaysPresent]
    public long? Number { get; init; }

    /// <summary>The number of published threads in the conversation.</summary>
    /// <remarks>
    /// The wire name is <c>threads</c>; the threads themselves are in <see cref="ConversationEmbedded.Threads"/>. Line
    /// items, drafts and held threads are not counted. 0 was seen.
    /// </remarks>
    [AlwaysPresent]
    [JsonPropertyName("threads")]
    public int? ThreadCount { get; init; }

    /// <summary>The channel in which the conversation began: email, chat or phone.</summary>
    [AlwaysPresent]
    public ConversationType? Type { get; init; }

    /// <summary>The id of the folder of the inbox that holds the conversation.</summary>
    [AlwaysPresent]
    public long? FolderId { get; init; }

    /// <summary>The status of the conversation: active, pending, closed or spam.</summary>
    [AlwaysPresent]
    public ConversationStatus? Status { get; init; }

    /// <summary>The state of the conversation: published, a draft or deleted.</summary>
    [AlwaysPresent]
    public ConversationState? State { get; init; }

    /// <summary>The subject line. May be empty, and is probably absent on some chats and phone calls.</summary>
    public string? Subject { get; init; }

    /// <summary>The newest thread as plain text, cut at about 200 characters. May be empty.</summary>
    [AlwaysPresent]
    public string? Preview { get; init; }

    /// <summary>The id of the inbox that holds the conversation.</summary>
    [AlwaysPresent]
    public long? MailboxId { get; init; }

    /// <summary>The user or team that the conversation is assigned to. Absent when it is unassigned.</summary>
    public Person? Assignee { get; init; }

    /// <summary>The customer or user who began the conversation.</summary>
    /// <remarks>
    /// May lack names. The id 0 is possible. In payloads of version V3 it may also be a <c>system_user</c>.
    /// </remarks>
    [AlwaysPresent]
    public Person? CreatedBy { get; init; }

    /// <summary>The time the conversation began.</summary>
    [AlwaysPresent]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The id of the user who closed the conversation.</summary>
    /// <value>0 when it was never closed; 1 when an automation closed it.</value>
    public long? ClosedBy { get; init; }

    /// <summary>The user who closed the conversation.</summary>
    /// <remarks>
    /// If no one did, this is a person with the id 0, the type <c>user</c> and the text <c>unknown</c> as first name,
    /// last name and email address (seen).
    /// </remarks>
    public Person? ClosedByUser { get; init; }

    /// <summary>The time the conversation was closed. Absent when it is not closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>
    /// The time of the last action by a user. Until a user acts after the customer's latest message, it equals the
    /// time since which the customer has been waiting.
    /// </summary>
    [AlwaysPresent]
    public DateTimeOffset? UserUpdatedAt { get; init; }

    /// <summary>The time since which the customer has been waiting for a reply. May be absent.</summary>
    /// <remarks>One integrator reported in 2019 that webhooks lack it although the Inbox API sends it.</remarks>
    public CustomerWaitingSince? CustomerWaitingSince { get; init; }

    /// <summary>The channel and the side that the conversation came from.</summary>
    [AlwaysPresent]
    public ConversationSource? Source { get; init; }

    /// <summary>The tags of the conversation. Empty when it has none.</summary>
    [AlwaysPresent]
    public IReadOnlyList<ConversationTag> Tags { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Email addresses that get a copy.</summary>
    [AlwaysPresent]
    public IReadOnlyList<string> Cc { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Email addresses that get a blind copy.</summary>
    [AlwaysPresent]
    public IReadOnlyList<string> Bcc { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The customer that the conversation is with. In fixtures it has only an id.</summary>
    [AlwaysPresent]
    public Person? PrimaryCustomer { get; init; }

    /// <summary>The snooze of the conversation. Absent when it is not snoozed.</summary>
    public Snooze? Snooze { get; init; }

    /// <summary>
    /// The next planned event of the conversation: the end of a snooze, or a scheduled message. Absent when there is
    /// none.
    /// </summary>
    public NextEvent? NextEvent { get; init; }

    /// <summary>The values of the custom fields of the inbox. Empty when none is set.</summary>
    [AlwaysPresent]
    public IReadOnlyList<CustomFieldValue> CustomFields { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The objects sent along with the conversation: its newest threads.</summary>
    /// <value>Never <see langword="null"/>: empty when the member is absent.</value>
    [JsonPropertyName("_embedded")]
    public ConversationEmbedded Embedded { get; init => field = value ?? new(); } = new();

    /// <summary>Links to the conversation and to related resources.</summary>
    [AlwaysPresent]
    [JsonPropertyName("_links")]
    public ConversationLinks? Links { get; init; }
}
