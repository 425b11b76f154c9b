using Scouthook.Registrations.Model;

namespace Scouthook.Registrations;

/// <summary>Configures the <see cref="HelpScoutClient"/> of an app with one account.</summary>
public sealed class HelpScoutClientOptions
{
    /// <summary>The address of Help Scout's API.</summary>
    /// <value>The default is <see cref="HelpScoutCredentials.DefaultApi"/>.</value>
    public Uri Api { get; set; } = HelpScoutCredentials.DefaultApi;

    /// <summary>The client id of the app in Help Scout.</summary>
    public string? ClientId { get; set; }

    /// <summary>The client secret of the app in Help Scout.</summary>
    public string? ClientSecret { get; set; }
}
