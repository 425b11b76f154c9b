using System.Text.RegularExpressions;

namespace Scouthook.Management.Services.Disclosure;

/// <summary>Reduces URLs to the parts that viewers may see: scheme, host and port.</summary>
/// <remarks>Many services put an access token into the path or the query of the URL.</remarks>
internal static partial class ViewerText
{
    public static string Url(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Does the same for every URL in a text.</summary>
    public static string? Mask(string? text) => text is null
        ? null
        : Address().Replace(text, found => Uri.TryCreate(found.Value, UriKind.Absolute, out var url) && url.Host.Length > 0
            ? Url(url)
            : "(an address)");

    [GeneratedRegex("https?://[^\\s\"'<>]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
