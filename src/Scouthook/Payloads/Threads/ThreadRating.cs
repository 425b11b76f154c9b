namespace Scouthook.Payloads;

/// <summary>The rating that a customer gave to a message.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>. The event about a rating
/// carries a <see cref="Scouthook.Payloads.Rating"/> instead.
/// </remarks>
public sealed record ThreadRating : HelpScoutPayload
{
    /// <summary>The id of the customer who rated.</summary>
    [AlwaysPresent]
    public long? CustomerId { get; init; }

    /// <summary>The rating: <c>great</c>, <c>okay</c> or <c>not_good</c>.</summary>
    [AlwaysPresent]
    public RatingValue? Rating { get; init; }

    /// <summary>The comment of the customer. May be empty.</summary>
    public string? Comments { get; init; }
}
