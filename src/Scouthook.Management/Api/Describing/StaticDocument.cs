using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Scouthook.Management.Api.Describing;

/// <summary>A document that is the same for all callers: created once, then only written.</summary>
internal sealed class StaticDocument : IResult
{
    private readonly byte[] _bytes;
    private readonly string _contentType;
    private readonly string? _contentEncoding;
    private readonly EntityTagHeaderValue _tag;

    public StaticDocument(byte[] bytes, string contentType, string? contentEncoding = null)
    {
        _bytes = bytes;
        _contentType = contentType;
        _contentEncoding = contentEncoding;
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
    }

    /// <summary>
    /// Has a document created at the first request; concurrent requests wait without blocking a thread.
    /// </summary>
    public static Lazy<Task<StaticDocument>> Once(Func<Task<StaticDocument>> make) => new(() => Task.Run(make));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = _tag.ToString();
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(
            tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(_tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentLength = null;
            return Task.CompletedTask;
        }

        response.ContentType = _contentType;
        response.Headers.ContentEncoding = _contentEncoding;
        response.ContentLength = _bytes.Length;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(_bytes, httpContext.RequestAborted).AsTask();
    }
}
