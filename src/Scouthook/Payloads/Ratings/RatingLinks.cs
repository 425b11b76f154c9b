namespace Scouthook.Payloads;

/// <summary>Links to a rating and to related resources, in the Inbox API.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/ratings/get</c>.</remarks>
public sealed record RatingLinks : HelpScoutPayload
{
    /// <summary>The conversation of the rated thread.</summary>
    public Link? Conversation { get; init; }

    /// <summary>The inbox of the conversation.</summary>
    public Link? Mailbox { get; init; }

    /// <summary>The customer who rated.</summary>
    public Link? Customer { get; init; }

    /// <summary>The user who was rated.</summary>
    public Link? User { get; init; }

    /// <summary>The rating.</summary>
    public Link? Self { get; init; }
}
