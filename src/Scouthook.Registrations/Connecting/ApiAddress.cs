using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Connecting;

/// <summary>Builds the addresses of the API, which can be below a path.</summary>
internal static class ApiAddress
{
    public static Uri Of(HelpScoutCredentials credentials, string path) =>
        new($"{credentials.Api.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
}
