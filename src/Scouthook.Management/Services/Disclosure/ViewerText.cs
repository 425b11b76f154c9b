using System.Text.RegularExpressions;

namespace Scouthook.Management.Services.Disclosure;

/// <summary>Cuts addresses down to what viewers may see of them: scheme, host and port.</summary>
/// <remarks>Many services put the token that lets a caller in into the path or the query of the URL.</remarks>
internal static partial class ViewerText
{
    public static string Url(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>The same for every address in a text.</summary>
    public static string? Mask(string? text) => text is null
        ? null
        : Address().Replace(text, found => Uri.TryCreate(found.Value, UriKind.Absolute, out var url) && url.Host.Length > 0
            ? Url(url)
            : "(an address)");

    [GeneratedRegex("https?://[^\\s\"'<>]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
