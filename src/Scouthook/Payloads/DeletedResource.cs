namespace Scouthook.Payloads;

/// <summary>The whole body of a deletion: the id of what was deleted, and nothing else.</summary>
/// <remarks>
/// Sent for deleted conversations, customers, tags and organizations; documented on <c>/webhooks</c> for the first
/// three, inferred for organizations. Which of them it was is in the event type alone. The inbox of a deleted
/// conversation is not sent.
/// </remarks>
public sealed record DeletedResource : HelpScoutPayload
{
    /// <summary>The id of the conversation, customer, tag or organization that was deleted.</summary>
    [AlwaysPresent]
    public required long Id { get; init; }
}
