namespace Scouthook.Payloads;

/// <summary>Links to the people of a thread.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>. The names of the links are
/// partly inferred.
/// </remarks>
public sealed record ThreadLinks : HelpScoutPayload
{
    /// <summary>The user or team that the conversation was assigned to. Absent when it was unassigned.</summary>
    public Link? AssignedTo { get; init; }

    /// <summary>The user who wrote the thread. Absent when a customer did.</summary>
    public Link? CreatedByUser { get; init; }

    /// <summary>The customer who wrote the thread. Absent when a user did.</summary>
    public Link? CreatedByCustomer { get; init; }

    /// <summary>The customer of the thread.</summary>
    public Link? Customer { get; init; }
}
