namespace Scouthook.Registrations.Model;

/// <summary>The credentials of a Help Scout app, used with the OAuth2 client credentials flow.</summary>
/// <remarks>
/// Create the app in Help Scout under Your Profile &gt; My Apps. There are no scopes: the app has the permissions of
/// its user. See <c>https://developer.helpscout.com/mailbox-api/overview/authentication</c>.
/// </remarks>
public sealed record HelpScoutCredentials
{
    /// <summary>The address of Help Scout's API.</summary>
    public static readonly Uri DefaultApi = new("https://api.helpscout.net");

    /// <summary>The address of the API.</summary>
    /// <value>The default is <see cref="DefaultApi"/>.</value>
    public Uri Api { get; init; } = DefaultApi;

    /// <summary>The client id of the app.</summary>
    public required string ClientId { get; init; }

    /// <summary>The client secret of the app.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>Describes the credentials without the client secret.</summary>
    /// <returns>The address and the client id.</returns>
    public override string ToString() => $"{ClientId} at {Api}";
}
