using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Scouthook.Testing.Emulating.Account.Writing;

/// <summary>Writes the texts that Help Scout derives: previews, relative times and slugs.</summary>
internal static partial class DerivedText
{
    private const int PreviewLength = 200;

    /// <summary>Returns the HTML as plain text, cut at about 200 characters.</summary>
    public static string Preview(string? html)
    {
        var text = Blanks().Replace(WebUtility.HtmlDecode(Markup().Replace(html ?? "", " ")), " ").Trim();
        if (text.Length <= PreviewLength)
        {
            return text;
        }

        // Never half of a surrogate pair.
        return text[..(char.IsHighSurrogate(text[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength)];
    }

    /// <summary>Returns how long ago a time is, in the words of the web application.</summary>
    public static string Friendly(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalMinutes: < 2 } => "1 min ago",
        { TotalMinutes: < 60 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min ago"),
        { TotalHours: < 2 } => "1 hour ago",
        { TotalHours: < 24 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} hours ago"),
        _ => time.ToString("MMM d", CultureInfo.InvariantCulture),
    };

    public static string Slug(string name)
    {
        var slug = NotInSlugs().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length > 0 ? slug : "tag";
    }

    /// <summary>Returns plain text as HTML.</summary>
    public static string Html(string? text) => (text ?? "")
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlugs();
}
