using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A well-behaved endpoint that records its requests.</summary>
internal sealed class RecordingEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    private RecordingEndpoint(WebApplication app) => _app = app;

    public Uri Url => new($"{_app.Urls.Single()}/hook");

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public static async Task<RecordingEndpoint> StartAsync(Action<HttpResponse>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new RecordingEndpoint(builder.Build());
        endpoint._app.Run(async context =>
        {
            await endpoint.KeepAsync(context.Request);
            answer?.Invoke(context.Response);
        });
        await endpoint._app.StartAsync(TestContext.Current.CancellationToken);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _requests.Enqueue(new ReceivedRequest(
            $"{request.Method} {request.Path} {request.Protocol}",
            [.. request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
            body.ToArray()));
    }
}
