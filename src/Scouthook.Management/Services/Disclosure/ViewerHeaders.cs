using System.Collections.Frozen;

namespace Scouthook.Management.Services.Disclosure;

/// <summary>The headers of a received request that viewers may see.</summary>
/// <remarks>
/// A caller with a body and its signature could send it again under another event name. Proxies add tokens under names
/// that cannot be listed, so the visible headers are listed instead.
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
