namespace Scouthook.Payloads;

/// <summary>The objects sent along with a conversation.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>.</remarks>
public sealed record ConversationEmbedded : HelpScoutPayload
{
    /// <summary>Threads of the conversation, newest first.</summary>
    /// <remarks>
    /// Never rely on it to be complete: how many are sent is not documented, it may be empty, and for a merge the line
    /// items of the merge are not among them (seen). The list of threads in the Inbox API is authoritative.
    /// </remarks>
    public IReadOnlyList<ConversationThread> Threads { get; init => field = value.OrEmpty(); } = [];
}
