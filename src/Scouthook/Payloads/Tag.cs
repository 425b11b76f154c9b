using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>A tag of the account.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/tags/list</c>. On a conversation a tag has another form,
/// <see cref="ConversationTag"/>.
/// </remarks>
public sealed record Tag : HelpScoutPayload
{
    /// <summary>The id of the tag.</summary>
    [AlwaysPresent]
    public required long Id { get; init; }

    /// <summary>The short form of the name, as used in addresses.</summary>
    [AlwaysPresent]
    public string? Slug { get; init; }

    /// <summary>The name of the tag.</summary>
    [AlwaysPresent]
    public string? Name { get; init; }

    /// <summary>The name of the colour, such as <c>green</c>, <c>blue</c> or <c>none</c>.</summary>
    /// <remarks>A name, not the hexadecimal code that conversations carry.</remarks>
    [AlwaysPresent]
    public string? Color { get; init; }

    /// <summary>The time the tag was created.</summary>
    [AlwaysPresent]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The time the tag was last changed. Absent until the first change.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The number of conversations that have the tag.</summary>
    [AlwaysPresent]
    public int? TicketCount { get; init; }

    /// <summary>The address of the tag. Not in the documented example: probably absent.</summary>
    [JsonPropertyName("_links")]
    public SelfLinks? Links { get; init; }
}
