using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Scouthook.Parsing;
using Scouthook.Signing;

namespace Scouthook.Cli.Tests.Support;

/// <summary>A receiver on a free port that records its requests.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public string Address => $"{_app.Urls.Single()}/webhook";

    public ConcurrentQueue<Request> Requests { get; } = [];

    /// <summary>The same requests, as a channel to wait on.</summary>
    public Channel<Request> Arrivals { get; } = Channel.CreateUnbounded<Request>();

    public static async Task<Receiver> StartAsync(Func<Request, HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var request = new Request(
                context.Request.Headers[HelpScoutHeaders.Event].ToString(),
                context.Request.Headers[HelpScoutHeaders.Signature].ToString(),
                body.ToArray());
            receiver.Requests.Enqueue(request);
            await receiver.Arrivals.Writer.WriteAsync(request);
            if (answer is not null)
            {
                await answer(request, context);
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public static Task<Receiver> AnsweringAsync(int status) => StartAsync((_, context) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Request(string EventName, string Signature, byte[] Body)
    {
        public SignatureVerification Verify(string secret) => HelpScoutSignature.Verify(Signature, Body, secret);
    }
}
