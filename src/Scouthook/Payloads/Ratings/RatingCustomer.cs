namespace Scouthook.Payloads;

/// <summary>The customer who gave a rating.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/ratings/get</c>. Names are spelled out here, unlike in a
/// <see cref="Person"/>.
/// </remarks>
public sealed record RatingCustomer : HelpScoutPayload
{
    /// <summary>The id of the customer.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>Email address of the customer.</summary>
    public string? Email { get; init; }

    /// <summary>First name of the customer. May be absent.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name of the customer. May be absent.</summary>
    public string? LastName { get; init; }

    /// <summary>Address of a picture of the customer.</summary>
    public string? PhotoUrl { get; init; }
}
