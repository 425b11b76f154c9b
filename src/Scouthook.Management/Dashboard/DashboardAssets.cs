using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Scouthook.Management.Dashboard;

/// <summary>Serves the scripts and styles of the dashboard, which are embedded in this assembly.</summary>
/// <remarks>
/// Embedded, they are served in full size however the host was started: by <c>dotnet run</c>, as a tool, published, in
/// one file, from any working directory and in any environment. Files of a web root are not.
/// </remarks>
internal sealed class DashboardAssets
{
    private const string Prefix = "dashboard/";
    private const string Forever = "public, max-age=31536000, immutable";

    private readonly FrozenDictionary<string, Lazy<Asset>> _assets = typeof(DashboardAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => new Lazy<Asset>(() => Asset.Load(name)));

    public IReadOnlyList<string> Names => _assets.Keys;

    /// <summary>Returns the address of an asset, relative to the base of the page, with a version.</summary>
    public string AddressOf(string name) => $"{DashboardPaths.Assets[1..]}/{name}?v={_assets[name].Value.Version}";

    public Task ServeAsync(HttpContext context, string name)
    {
        if (!_assets.TryGetValue(name, out var found))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var asset = found.Value;
        var headers = context.Response.Headers;
        headers.ETag = asset.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = context.Request.Query["v"] == asset.Version ? Forever : "no-cache";
        if (context.Request.Headers.IfNoneMatch == asset.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var body = asset.Bytes;
        if (context.Request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "br" && coding.Quality is not 0))
        {
            headers.ContentEncoding = "br";
            body = asset.Compressed.Value;
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private sealed record Asset(byte[] Bytes, string Version, string ContentType, Lazy<byte[]> Compressed)
    {
        public string Tag => $"\"{Version}\"";

        public static Asset Load(string resource)
        {
            using var stream = typeof(Asset).Assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new Asset(
                bytes,
                Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8)),
                Path.GetExtension(resource) switch
                {
                    ".css" => "text/css; charset=utf-8",
                    ".js" => "text/javascript; charset=utf-8",
                    ".svg" => "image/svg+xml",
                    _ => "application/octet-stream",
                },
                new Lazy<byte[]>(() => Compress(bytes)));
        }

        private static byte[] Compress(byte[] bytes)
        {
            using var target = new MemoryStream();
            using (var brotli = new BrotliStream(target, CompressionLevel.Optimal))
            {
                brotli.Write(bytes);
            }

            return target.ToArray();
        }
    }
}
