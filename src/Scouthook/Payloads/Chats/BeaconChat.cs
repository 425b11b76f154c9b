using System.Text.Json.Serialization;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>A chat in a Beacon as it was when the event happened.</summary>
/// <remarks>
/// Source: Help Scout Chat API, <c>/chat/endpoints/get</c> and <c>/chat/endpoints/events</c>. Its ids are UUIDs and its
/// times have microseconds.
/// </remarks>
public sealed record BeaconChat : HelpScoutPayload
{
    /// <summary>The id of the chat, a UUID.</summary>
    [AlwaysPresent]
    [JsonConverter(typeof(RequiredTextConverter))]
    public required string Id { get; init; }

    /// <summary>The id of the Beacon that the chat takes place in, a UUID.</summary>
    [AlwaysPresent]
    public string? BeaconId { get; init; }

    /// <summary>The id of the inbox that the chat belongs to.</summary>
    [AlwaysPresent]
    public long? MailboxId { get; init; }

    /// <summary>The time the chat began, with microseconds.</summary>
    [AlwaysPresent]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The time the chat ended. Seen only in a vendor library, and not expected in these events.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The user who answers the chat. Probably absent until the chat is accepted.</summary>
    /// <remarks>Its type is <c>agent</c> or <c>user</c>: the documentation has both.</remarks>
    public Person? Assignee { get; init; }

    /// <summary>The visitor who chats. Whether it is sent for an anonymous visitor is not known.</summary>
    public Person? Customer { get; init; }

    /// <summary>The newest message as plain text.</summary>
    [AlwaysPresent]
    public string? Preview { get; init; }

    /// <summary>The values of custom fields. Empty when none is set.</summary>
    public IReadOnlyList<ChatCustomField> CustomFields { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The tags of the chat. Empty when it has none.</summary>
    [AlwaysPresent]
    public IReadOnlyList<ChatTag> Tags { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The actions of the visitor on the website before and during the chat.</summary>
    [AlwaysPresent]
    public IReadOnlyList<ChatTimelineEntry> Timeline { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The objects sent along with the chat: its events.</summary>
    /// <value>Never <see langword="null"/>: empty when the member is absent.</value>
    [JsonPropertyName("_embedded")]
    public BeaconChatEmbedded Embedded { get; init => field = value ?? new(); } = new();

    /// <summary>The address of the chat in the API; its form differs between older and newer documentation.</summary>
    [AlwaysPresent]
    [JsonPropertyName("_links")]
    public SelfLinks? Links { get; init; }
}
