namespace Scouthook.Payloads;

/// <summary>A link to a resource or page that is related to the object it is in.</summary>
/// <remarks>
/// Addresses under <c>https://api.helpscout.net/</c> need an access token; those under
/// <c>https://secure.helpscout.net/</c> are pages for a signed-in user.
/// </remarks>
public sealed record Link : HelpScoutPayload
{
    /// <summary>The absolute address.</summary>
    /// <remarks>Addresses of collections were seen with a final slash.</remarks>
    [AlwaysPresent]
    public string? Href { get; init; }
}
