using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>A rating that a customer gave to a reply.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/ratings/get</c>. Whether a changed rating is sent again is
/// not documented.
/// </remarks>
public sealed record Rating : HelpScoutPayload
{
    /// <summary>The id of the rating.</summary>
    [AlwaysPresent]
    public required long Id { get; init; }

    /// <summary>The customer who rated.</summary>
    [AlwaysPresent]
    public RatingCustomer? Customer { get; init; }

    /// <summary>The id of the thread that was rated.</summary>
    [AlwaysPresent]
    public long? ThreadId { get; init; }

    /// <summary>The id of the conversation of that thread.</summary>
    [AlwaysPresent]
    public long? ConversationId { get; init; }

    /// <summary>The number of the conversation that users see. Only in newer documentation: may be absent.</summary>
    public long? ConversationNumber { get; init; }

    /// <summary>The id of the inbox of the conversation.</summary>
    [AlwaysPresent]
    public long? MailboxId { get; init; }

    /// <summary>The rating itself: <c>great</c>, <c>okay</c>, <c>not_good</c> or <c>unknown</c>.</summary>
    /// <remarks>The wire name is <c>rating</c>.</remarks>
    [AlwaysPresent]
    [JsonPropertyName("rating")]
    public RatingValue? Value { get; init; }

    /// <summary>The user who was rated.</summary>
    [AlwaysPresent]
    public RatingUser? User { get; init; }

    /// <summary>The comment of the customer. May be empty or absent.</summary>
    public string? Comments { get; init; }

    /// <summary>The time of the rating.</summary>
    /// <remarks>The documented example has no zone. Read such a time as UTC.</remarks>
    [AlwaysPresent]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>
    /// The time the rating was last changed. Documented, but not in the example, so it may be absent.
    /// </summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Links to the rating and to related resources.</summary>
    [AlwaysPresent]
    [JsonPropertyName("_links")]
    public RatingLinks? Links { get; init; }
}
