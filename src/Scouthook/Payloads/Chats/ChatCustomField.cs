namespace Scouthook.Payloads;

/// <summary>The value of one custom field of a chat. It has neither name nor label.</summary>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/get</c>.</remarks>
public sealed record ChatCustomField : HelpScoutPayload
{
    /// <summary>The id of the custom field.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>The value as stored.</summary>
    public string? Value { get; init; }
}
