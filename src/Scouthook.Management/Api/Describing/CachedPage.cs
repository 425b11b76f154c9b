using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Scouthook.Management.Api.Describing;

/// <summary>Caches the responses of a route that are the same for all callers.</summary>
/// <remarks>
/// The library behind the reference page decompresses a megabyte for each request that does not accept gzip.
/// </remarks>
/// <param name="inner">Creates a response.</param>
/// <param name="names">
/// The last segments of the existing paths; others are 404, or any client could fill the memory.
/// </param>
internal sealed class CachedPage(RequestDelegate inner, IReadOnlySet<string> names)
{
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly ConcurrentDictionary<(string Path, bool IsGzip), StaticDocument> _answers = new();

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!names.Contains(path[(path.LastIndexOf('/') + 1)..]))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var key = (path, AcceptsGzip(context.Request));
        if (!_answers.TryGetValue(key, out var answer))
        {
            await Turn.WaitAsync(context.RequestAborted);
            try
            {
                if (!_answers.TryGetValue(key, out answer))
                {
                    if (await MakeAsync(context, key.Item2) is not { } made)
                    {
                        return;
                    }

                    _answers[key] = answer = made;
                }
            }
            finally
            {
                Turn.Release();
            }
        }

        await answer.ExecuteAsync(context);
    }

    /// <returns>
    /// <see langword="null"/> if it is not a page but, for example, a redirect, which has then been sent.
    /// </returns>
    private async Task<StaticDocument?> MakeAsync(HttpContext context, bool isGzip)
    {
        var (request, response) = (context.Request, context.Response);
        var (method, body) = (request.Method, response.Body);
        using var bytes = new MemoryStream();
        request.Method = HttpMethods.Get;
        request.Headers.AcceptEncoding = isGzip ? "gzip" : "";
        request.Headers.Remove(HeaderNames.IfNoneMatch);
        response.Body = bytes;
        try
        {
            await inner(context);
        }
        finally
        {
            request.Method = method;
            response.Body = body;
        }

        return response.StatusCode == StatusCodes.Status200OK
            ? new StaticDocument(bytes.ToArray(), response.ContentType ?? "", response.Headers.ContentEncoding)
            : null;
    }

    private static bool AcceptsGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding.Any(
        coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);
}
