using Microsoft.AspNetCore.Http;

namespace Scouthook.Management.Dashboard.Hosting;

/// <summary>Admits circuits over WebSockets only, and only from pages of this origin.</summary>
/// <remarks>
/// Browsers send cookies with WebSockets of any page, and no preflight protects them. With WebSockets alone a circuit is
/// one connection, so that several nodes need no affinity.
/// </remarks>
internal sealed class CircuitRequestMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments(DashboardPaths.Circuit, out var rest))
        {
            return next(context);
        }

        if (!IsSameOrigin(request))
        {
            return RejectAsync(context, StatusCodes.Status403Forbidden, "The dashboard accepts connections of its own pages only.");
        }

        // The other addresses: a page reports that it is closed, and asks for initializers.
        return rest.HasValue && rest != "/" && rest != "/negotiate" || context.WebSockets.IsWebSocketRequest
            ? next(context)
            : RejectAsync(
                context, StatusCodes.Status400BadRequest,
                "The dashboard requires WebSockets. If there is a proxy in front, configure it to forward upgrades.");
    }

    /// <summary>Compares the host only: a proxy that ends TLS may not forward the scheme.</summary>
    private static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ } origin])
        {
            // Sent with every WebSocket and every POST, but not with a GET of the same origin.
            return HttpMethods.IsGet(request.Method) && !request.HttpContext.WebSockets.IsWebSocketRequest
                && request.Headers.Origin.Count == 0;
        }

        return Uri.TryCreate(origin, UriKind.Absolute, out var url)
            && string.Equals(url.IdnHost, HostOf(request), StringComparison.OrdinalIgnoreCase)
            && (request.Host.Port ?? url.Port) == url.Port
            && (request.Host.Port is not null || url.IsDefaultPort);
    }

    private static string HostOf(HttpRequest request) => request.Host.Host.Trim('[', ']');

    private static Task RejectAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
