namespace Scouthook.Payloads;

/// <summary>Links to a conversation and to related resources.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>. A link without a target is left out.
/// </remarks>
public sealed record ConversationLinks : HelpScoutPayload
{
    /// <summary>The conversation in the Inbox API.</summary>
    public Link? Self { get; init; }

    /// <summary>The inbox of the conversation in the Inbox API.</summary>
    public Link? Mailbox { get; init; }

    /// <summary>The customer whom the conversation is with, in the Inbox API.</summary>
    public Link? PrimaryCustomer { get; init; }

    /// <summary>The customer who began the conversation. Absent when a user did.</summary>
    public Link? CreatedByCustomer { get; init; }

    /// <summary>The user who began the conversation. Absent when a customer did.</summary>
    public Link? CreatedByUser { get; init; }

    /// <summary>The user who closed the conversation. Absent when it was never closed.</summary>
    public Link? ClosedBy { get; init; }

    /// <summary>The list of threads in the Inbox API. Seen with a final slash.</summary>
    public Link? Threads { get; init; }

    /// <summary>The user or team that the conversation is assigned to. Absent when it is unassigned.</summary>
    public Link? Assignee { get; init; }

    /// <summary>
    /// The page of the conversation in the web application,
    /// <c>https://secure.helpscout.net/conversation/&lt;id&gt;/&lt;number&gt;</c>.
    /// </summary>
    public Link? Web { get; init; }
}
