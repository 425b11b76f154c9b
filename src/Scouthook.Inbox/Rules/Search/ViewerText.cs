using System.Text.RegularExpressions;

namespace Scouthook.Inbox.Rules;

/// <summary>Reduces URLs to the parts that viewers may see: scheme, host and port.</summary>
/// <remarks>Many services put an access token into the path or the query of the URL.</remarks>
internal static partial class ViewerText
{
    private const string Hidden = "(an address)";

    /// <summary>Does it for every URL in a text, of any scheme or without one (<c>//host/path</c>).</summary>
    public static string? Mask(string? text) => text is null ? null : Address().Replace(text, found => Reduce(found.Value));

    private static string Reduce(string address)
    {
        var scheme = address.StartsWith("//", StringComparison.Ordinal) ? "https:" : "";
        return Uri.TryCreate(scheme + address, UriKind.Absolute, out var url) && url.Host.Length > 0
            ? url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)[scheme.Length..]
            : Hidden;
    }

    // An apostrophe may be a part of a URL, or a quotation mark behind it.
    [GeneratedRegex(
        "(?:[a-z][a-z0-9+.-]*:)?//[^\\s\"'<>]+(?:'[^\\s\"'<>]+)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
