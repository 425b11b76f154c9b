using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Scouthook.TestSupport.Gateways;

/// <summary>A receiver on its own port that records requests by path; each path is an endpoint.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, SinkPath> _paths = new();

    private Sink(WebApplication app) => _app = app;

    /// <summary>The endpoint with a name.</summary>
    public SinkPath this[string name] => _paths.GetOrAdd(name, static (it, url) => new SinkPath($"{url}/{it}"), _app.Urls.Single());

    public static async Task<Sink> StartAsync()
    {
        // Nothing is reloaded: a machine has few file watchers.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // A response that still hangs at the end hangs on purpose.
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        var sink = new Sink(builder.Build());
        sink._app.Run(sink.TakeAsync);
        await sink._app.StartAsync(TestContext.Current.CancellationToken);
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var path = this[context.Request.Path.Value!.TrimStart('/')];
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var arrival = Read(path, context.Request, body.ToArray());
        if (path.Keeps)
        {
            path.Add(arrival);
        }

        try
        {
            var status = await path.Answer(arrival, context.RequestAborted);
            path.Answered(arrival, status);
            context.Response.StatusCode = status;
        }
        catch (OperationCanceledException)
        {
            // The client has gone: it timed out, or was killed.
        }
    }

    private static Arrival Read(SinkPath path, HttpRequest request, byte[] body)
    {
        var headers = request.Headers;
        var keepsContent = path.Keeps && path.KeepsContent;
        return new Arrival
        {
            Place = path.Next(),
            At = TimeProvider.System.GetTimestamp(),
            Hash = path.Keeps ? Convert.ToHexString(SHA256.HashData(body)) : "",
            Body = keepsContent ? body : [],
            Headers = keepsContent
                ? headers.ToDictionary(it => it.Key, it => it.Value.ToString(), StringComparer.OrdinalIgnoreCase)
                : new Dictionary<string, string>(),
            Sequence = Number(headers["X-Scouthook-Sequence"]),
            Attempt = (int)Number(headers["X-Scouthook-Attempt"]),
            EventId = headers["webhook-id"].ToString(),
            IsReplay = headers.ContainsKey("X-Scouthook-Replay"),
            IsSigned = Signatures.OfHelpScout(body, path.Secret) == headers["X-HelpScout-Signature"]
                && Signatures.Standard(body, headers, path.Secret) == headers["webhook-signature"],
        };
    }

    private static long Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
