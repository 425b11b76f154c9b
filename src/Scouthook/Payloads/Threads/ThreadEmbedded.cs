namespace Scouthook.Payloads;

/// <summary>The objects sent along with a thread.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>.</remarks>
public sealed record ThreadEmbedded : HelpScoutPayload
{
    /// <summary>The attachments of the thread. Empty when it has none.</summary>
    [AlwaysPresent]
    public IReadOnlyList<Attachment> Attachments { get; init => field = value.OrEmpty(); } = [];
}
