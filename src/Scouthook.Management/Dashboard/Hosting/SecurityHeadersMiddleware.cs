using Microsoft.AspNetCore.Http;

namespace Scouthook.Management.Dashboard.Hosting;

/// <summary>Adds the security headers of the dashboard to its responses.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    /// <remarks>MudBlazor positions its popovers with inline styles. There is no inline script.</remarks>
    public const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static response =>
            {
                var headers = ((HttpResponse)response).Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                if (headers.CacheControl.Count == 0)
                {
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
