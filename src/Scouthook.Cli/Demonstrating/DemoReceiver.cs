using Scouthook.AspNetCore;
using Scouthook.Parsing;

namespace Scouthook.Cli.Demonstrating;

/// <summary>An app as a user would write it: receives at <c>/webhook</c>, with a handler for each event.</summary>
/// <remarks>It reads no configuration and no environment, so a demo is the same on every machine.</remarks>
internal sealed class DemoReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DemoReceiver(WebApplication app)
    {
        _app = app;
        Address = new Uri($"{app.Urls.Single()}/webhook");
    }

    public Uri Address { get; }

    /// <summary>Called after each answer: the event name as it was sent, the size, the status.</summary>
    public Action<string, long?, int>? Answered { get; set; }

    public static async Task<DemoReceiver> StartAsync(
        string secret, Arrivals arrivals, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        DemoHandlers.Add(
            builder.Services.AddScouthook(options =>
                options.Sources["default"] = new WebhookSourceOptions { Secrets = { secret } }),
            arrivals);

        var app = builder.Build();
        DemoReceiver? receiver = null;
        app.Use(async (context, next) =>
        {
            await next(context);
            receiver?.Answered?.Invoke(
                context.Request.Headers[HelpScoutHeaders.Event].ToString(),
                context.Request.ContentLength,
                context.Response.StatusCode);
        });
        app.UseRouting();
        app.MapScouthook();
        await app.StartAsync(cancellationToken);
        return receiver = new DemoReceiver(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
