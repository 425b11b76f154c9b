using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Scouthook.Management.Api;

/// <summary>Returns the bytes of an event, exactly as received.</summary>
/// <remarks>
/// A body contains text of customers, including HTML, so a browser must neither guess another type nor run anything.
/// </remarks>
internal sealed class EventBody(byte[] body) : IResult, IEndpointMetadataProvider
{
    private const string ContentType = "application/json";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(object), [ContentType]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
