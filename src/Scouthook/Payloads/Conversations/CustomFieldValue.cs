namespace Scouthook.Payloads;

/// <summary>The value of one custom field of a conversation.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record CustomFieldValue : HelpScoutPayload
{
    /// <summary>The id of the custom field.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>The name of the custom field.</summary>
    [AlwaysPresent]
    public string? Name { get; init; }

    /// <summary>
    /// The value as stored: for a drop-down the id of the option, for a date <c>yyyy-MM-dd</c>, else the text.
    /// </summary>
    [AlwaysPresent]
    public string? Value { get; init; }

    /// <summary>
    /// The value as people read it: for a drop-down the label of the option, else the same as the value.
    /// </summary>
    /// <remarks>Absent in older fixtures.</remarks>
    public string? Text { get; init; }
}
