using Microsoft.AspNetCore.Http;

namespace Scouthook.Gateway.Api;

/// <summary>The bytes of an event, exactly as they were received.</summary>
/// <remarks>
/// A body holds what customers wrote, HTML included, so a browser must neither guess another type nor run anything.
/// </remarks>
internal sealed class EventBody(byte[] body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
