using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Scouthook.Inbox.Model;

/// <summary>Validates the definition of an endpoint, from configuration and management API alike.</summary>
internal static class EndpointRules
{
    public const string PatternRule =
        "must be event types, families or patterns such as convo.tags, conversations, convo.*, * or scouthook.*.";

    public const string OrderingRule = "must be resource, strict or none.";

    public const string StartRule = "must be now, beginning, or a timestamp such as 2026-03-02T08:00:00Z.";

    private const int MaxUrlLength = 2_000;

    /// <returns>The problem with a name, or <see langword="null"/>.</returns>
    public static string? NameProblem(string name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > EndpointDefinition.MaxNameLength || name.Any(char.IsControl)
            ? $"must have 1 to {EndpointDefinition.MaxNameLength} characters and no line breaks."
            : null;

    public static bool TryReadUrl(
        string? text, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (text is { Length: > 0 and <= MaxUrlLength }
            && Uri.TryCreate(text, UriKind.Absolute, out url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.Host.Length > 0)
        {
            problem = url.UserInfo.Length > 0 ? "must not contain a user or password, because it is displayed."
                : url.Port == 0 ? "must not have port 0; give the port at which the endpoint listens."
                : IsSocket(text) ? "must not be a Unix socket; give a host name or an IP address."
                : null;
            if (problem is null)
            {
                return true;
            }
        }

        url = null;
        problem ??= "must be a URL such as https://example.com/helpscout.";
        return false;
    }

    /// <summary>Recognises the notation of ASP.NET Core, which is otherwise the host <c>unix</c> with an empty port.</summary>
    private static bool IsSocket(string url) => url.Contains("://unix:/", StringComparison.OrdinalIgnoreCase);

    public static bool TryReadOrdering(string text, out EndpointOrdering ordering)
    {
        ordering = text.ToUpperInvariant() switch
        {
            "RESOURCE" => EndpointOrdering.Resource,
            "STRICT" => EndpointOrdering.Strict,
            "NONE" => EndpointOrdering.None,
            _ => (EndpointOrdering)(-1),
        };
        return ordering >= 0;
    }

    public static bool TryReadStart(string? text, out StartPosition start)
    {
        start = StartPosition.Now;
        if (string.IsNullOrEmpty(text) || text.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text.Equals("beginning", StringComparison.OrdinalIgnoreCase))
        {
            start = StartPosition.Beginning;
            return true;
        }

        if (DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var since))
        {
            start = StartPosition.At(since);
            return true;
        }

        return false;
    }
}
