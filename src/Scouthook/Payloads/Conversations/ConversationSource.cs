namespace Scouthook.Payloads;

/// <summary>The channel and the side that a conversation or thread came from.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record ConversationSource : HelpScoutPayload
{
    /// <summary>The channel or program, such as <c>email</c>, <c>web</c> or <c>api</c>.</summary>
    [AlwaysPresent]
    public SourceType? Type { get; init; }

    /// <summary>The side: a user or a customer.</summary>
    [AlwaysPresent]
    public SourceVia? Via { get; init; }
}
