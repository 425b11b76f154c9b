namespace Scouthook.Payloads;

/// <summary>The postal address of a customer.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>.</remarks>
public sealed record CustomerAddress : HelpScoutPayload
{
    /// <summary>City. Absent when unknown.</summary>
    public string? City { get; init; }

    /// <summary>State or province. Absent when unknown.</summary>
    public string? State { get; init; }

    /// <summary>Postal code, as text. Absent when unknown.</summary>
    public string? PostalCode { get; init; }

    /// <summary>Country; a two-letter code where seen. Absent when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>The lines of the street address. Empty when unknown.</summary>
    [AlwaysPresent]
    public IReadOnlyList<string> Lines { get; init => field = value.OrEmpty(); } = [];
}
