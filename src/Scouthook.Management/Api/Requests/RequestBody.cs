using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Scouthook.Management.Api.Requests;

/// <summary>The body of a request to the API, read completely before its route runs.</summary>
/// <remarks>Bytes are counted as they arrive: a request in chunks announces no length, and an announced one may be wrong.</remarks>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes)
{
    public const int MaxBytes = 1024 * 1024;

    private const int FirstBuffer = 16 * 1024;

    private static RequestBody Empty { get; } = new(ReadOnlyMemory<byte>.Empty);

    /// <returns>
    /// The body, or <see langword="null"/> if it has more than <see cref="MaxBytes"/>; the rest is then not read.
    /// </returns>
    public static async Task<RequestBody?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is > MaxBytes)
        {
            return null;
        }

        // Not every client declares an empty body by its length.
        if (request.ContentLength is 0
            || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return Empty;
        }

        var bytes = new MemoryStream((int)Math.Min(request.ContentLength ?? FirstBuffer, FirstBuffer));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (bytes.Length + read.Buffer.Length > MaxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            foreach (var segment in read.Buffer)
            {
                bytes.Write(segment.Span);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return new RequestBody(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
            }
        }
    }

    /// <summary>Returns the body that was read for this request.</summary>
    public static RequestBody Of(HttpContext context) => context.Features.Get<RequestBody>() ?? Empty;
}
