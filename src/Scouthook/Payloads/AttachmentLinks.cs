namespace Scouthook.Payloads;

/// <summary>Where the content of an attachment is.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>. The name of the link is
/// inferred.
/// </remarks>
public sealed record AttachmentLinks : HelpScoutPayload
{
    /// <summary>
    /// The content in the Inbox API, <c>/v2/conversations/&lt;id&gt;/attachments/&lt;attachmentId&gt;/data</c>.
    /// </summary>
    public Link? Data { get; init; }
}
