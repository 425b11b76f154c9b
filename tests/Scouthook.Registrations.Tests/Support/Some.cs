using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Model;
using Scouthook.Testing;

namespace Scouthook.Registrations.Tests.Support;

/// <summary>Builds what tests need, with defaults for what does not matter to them.</summary>
internal static class Some
{
    public const string Secret = "the-webhook-secret";
    public const string ClientSecret = "the-client-secret";
    public const string Url = "https://example.com/webhook";

    public static RegistrationRequest Request(string url = Url, params string[] events) => new()
    {
        Url = url,
        Events = events.Length > 0 ? events : ["convo.created"],
        Secret = Secret,
    };

    public static WebhookRegistration Registration(long id = 1, string url = Url) => new()
    {
        Id = id,
        Url = url,
        Events = ["convo.created", "convo.tags"],
    };

    public static ExpectedRegistration Expected(string name = "main", string url = Url) => new()
    {
        Name = name,
        Url = url,
        Events = ["convo.created", "convo.tags"],
        MailboxIds = [],
    };

    public static HelpScoutCredentials CredentialsOf(HelpScoutEmulator helpScout) => new()
    {
        Api = helpScout.Address,
        ClientId = helpScout.ClientId,
        ClientSecret = helpScout.ClientSecret,
    };

    /// <summary>A client whose calls go through a handler.</summary>
    public static HelpScoutClient Client(HttpMessageHandler handler, TimeProvider timeProvider) => new(
        () => new HttpClient(handler, disposeHandler: false),
        new HelpScoutCredentials { ClientId = "id", ClientSecret = ClientSecret },
        timeProvider);
}
