namespace Scouthook.Payloads;

/// <summary>Links to an attachment and to its content.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>. The links are not documented
/// there; all three were seen in recorded bodies.
/// </remarks>
public sealed record AttachmentLinks : HelpScoutPayload
{
    /// <summary>
    /// The content in the Inbox API, <c>/v2/conversations/&lt;id&gt;/attachments/&lt;attachmentId&gt;/data</c>.
    /// </summary>
    public Link? Data { get; init; }

    /// <summary>The attachment in the Inbox API. May be absent.</summary>
    public Link? Self { get; init; }

    /// <summary>The attachment in the web application. May be absent.</summary>
    public Link? Web { get; init; }
}
