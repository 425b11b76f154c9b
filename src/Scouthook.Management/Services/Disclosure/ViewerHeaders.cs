using System.Collections.Frozen;

namespace Scouthook.Management.Services.Disclosure;

/// <summary>The headers of a received request that viewers see.</summary>
/// <remarks>
/// The signature of a body lets whoever has both send it again under another name. Proxies add tokens under names that
/// nobody can list, so what is shown is listed instead.
/// </remarks>
internal static class ViewerHeaders
{
    private static readonly FrozenSet<string> Shown = new[]
    {
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Encoding",
        "Content-Length", "Content-Type", "Date", "Expect", "Host", "Keep-Alive", "Pragma", "Traceparent", "Transfer-Encoding",
        "User-Agent", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto",
        "X-HelpScout-Event", "X-Real-IP", "X-Request-ID",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Includes(string name) => Shown.Contains(name);
}
