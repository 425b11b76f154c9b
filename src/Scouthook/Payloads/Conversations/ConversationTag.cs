namespace Scouthook.Payloads;

/// <summary>A tag on a conversation.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>. Its name is in the member <c>tag</c>
/// and its colour is a hexadecimal code, unlike in a <see cref="Scouthook.Payloads.Tag"/>.
/// </remarks>
public sealed record ConversationTag : HelpScoutPayload
{
    /// <summary>The id of the tag.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>The colour of the tag as a hexadecimal code, such as <c>#929499</c>.</summary>
    [AlwaysPresent]
    public string? Color { get; init; }

    /// <summary>The name of the tag.</summary>
    [AlwaysPresent]
    public string? Tag { get; init; }
}
