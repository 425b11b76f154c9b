namespace Scouthook.Payloads;

/// <summary>An address at which Help Scout offers something related to the object that holds it.</summary>
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
