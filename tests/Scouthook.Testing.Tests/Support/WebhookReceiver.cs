using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Signing;

namespace Scouthook.Testing.Tests.Support;

/// <summary>A receiver on a real port: keeps every request whose body arrived, and answers as the test specifies.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Secret = "a-secret-for-tests";

    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly WebApplication _app;
    private int _aborted;

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/webhook";

    /// <summary>The requests in the order of their arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public IReadOnlyList<string> Names => [.. _requests.Select(request => request.Name)];

    /// <summary>The number of requests that ended before their body did.</summary>
    public int Aborted => Volatile.Read(ref _aborted);

    /// <summary>Starts a receiver that answers 200.</summary>
    public static Task<WebhookReceiver> StartAsync() => StartAsync((_, _) => HttpStatusCode.OK);

    /// <summary>Starts a receiver.</summary>
    /// <param name="answer">Chooses the status from the request and the number of requests before it.</param>
    public static Task<WebhookReceiver> StartAsync(Func<ReceivedRequest, int, HttpStatusCode> answer) =>
        StartAsync((request, before, _) => Task.FromResult(answer(request, before)));

    public static async Task<WebhookReceiver> StartAsync(
        Func<ReceivedRequest, int, CancellationToken, Task<HttpStatusCode>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.MapPost("/webhook", context => receiver.ReceiveAsync(context, answer));
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, Func<ReceivedRequest, int, CancellationToken, Task<HttpStatusCode>> answer)
    {
        var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or BadHttpRequestException)
        {
            Interlocked.Increment(ref _aborted);
            return;
        }

        var request = new ReceivedRequest(
            body.ToArray(), context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        int before;
        lock (_requests)
        {
            before = _requests.Count;
            _requests.Enqueue(request);
        }

        context.Response.StatusCode = (int)await answer(request, before, context.RequestAborted);
        context.Response.Headers.Location = "/elsewhere";
    }
}

/// <summary>One request as received.</summary>
internal sealed record ReceivedRequest(byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Name => Headers["X-HelpScout-Event"];

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public bool IsSigned =>
        HelpScoutSignature.Verify(Headers["X-HelpScout-Signature"], Body, WebhookReceiver.Secret) is SignatureVerification.Valid;
}
