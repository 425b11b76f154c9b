namespace Scouthook.Payloads;

/// <summary>A tag on a chat. It has no name.</summary>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/get</c>.</remarks>
public sealed record ChatTag : HelpScoutPayload
{
    /// <summary>
    /// The id of the tag; <c>null</c> for a tag that does not exist in the account yet (seen in a vendor fixture).
    /// </summary>
    public long? Id { get; init; }

    /// <summary>The short form of the name of the tag.</summary>
    [AlwaysPresent]
    public string? Slug { get; init; }

    /// <summary>The name of the colour of the tag, such as <c>blue</c> or <c>none</c>.</summary>
    [AlwaysPresent]
    public string? Color { get; init; }
}
