using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>One entry of a chat: a message, a note or a line item.</summary>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/events</c>.</remarks>
public sealed record ChatEvent : HelpScoutPayload
{
    /// <summary>The id of the entry, a UUID.</summary>
    [AlwaysPresent]
    public string? Id { get; init; }

    /// <summary>The id of the chat, a UUID. Absent in older fixtures.</summary>
    public string? ChatId { get; init; }

    /// <summary>The kind of entry, such as <c>message</c> or <c>line_item</c>.</summary>
    [AlwaysPresent]
    public ChatEventType? Type { get; init; }

    /// <summary>The action of the entry, such as <c>message-added</c> or <c>chat-accepted</c>.</summary>
    [AlwaysPresent]
    public ChatEventAction? Action { get; init; }

    /// <summary>The user or customer who caused the entry.</summary>
    [AlwaysPresent]
    public Person? Author { get; init; }

    /// <summary>The time of the entry, with microseconds.</summary>
    [AlwaysPresent]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The text of a message. Absent on line items.</summary>
    public string? Body { get; init; }

    /// <summary>Further values of the entry, by name. Which names exist is not documented.</summary>
    /// <value>Never <see langword="null"/>: empty when absent, or sent as <c>[]</c>.</value>
    [JsonConverter(typeof(ParamsMapConverter))]
    public IReadOnlyDictionary<string, JsonElement> Params
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, JsonElement>.Empty;
    } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Links to the resources that the entry is about.</summary>
    [JsonPropertyName("_links")]
    public ChatEventLinks? Links { get; init; }
}
