using System.Net;

namespace Scouthook.Cli.Emulating;

/// <summary>Keeps other sites out of the page: a browser on this machine may have any site open beside it.</summary>
/// <remarks>
/// A site that points its own name at this machine is recognised by that name; one that posts here, by its origin. JSON
/// cannot be posted by a form, so a request without an origin is not from a browser.
/// </remarks>
internal sealed class PageGuard(string urls)
{
    private readonly HashSet<string> _hosts = new(
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : ""),
        StringComparer.OrdinalIgnoreCase);

    /// <returns>Why the request is refused; <see langword="null"/> if it is not.</returns>
    public string? Refuse(HttpRequest request)
    {
        if (!IsOwnName(request.Host.Host))
        {
            return "Open the page under an IP address, localhost or a name given in --urls.";
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        var own = $"{request.Scheme}://{request.Host.Value}";
        return request.Headers.Origin.All(origin => string.Equals(origin, own, StringComparison.OrdinalIgnoreCase))
            && request.Headers["Sec-Fetch-Site"].All(site => site is "same-origin" or "none")
                ? null
                : "Only the page itself may change anything.";
    }

    private bool IsOwnName(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out _)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        // Such as a container. No site on the internet has a name without a dot.
        || (host.Length > 0 && !host.Contains('.', StringComparison.Ordinal))
        || _hosts.Contains(host);
}
