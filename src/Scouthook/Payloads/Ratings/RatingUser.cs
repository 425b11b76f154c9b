namespace Scouthook.Payloads;

/// <summary>The user whose reply was rated.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/ratings/get</c>. Names are spelled out here, unlike in a
/// <see cref="Person"/>.
/// </remarks>
public sealed record RatingUser : HelpScoutPayload
{
    /// <summary>The id of the user.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>Email address of the user.</summary>
    public string? Email { get; init; }

    /// <summary>First name of the user. May be absent.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name of the user. May be absent.</summary>
    public string? LastName { get; init; }
}
