using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Scouthook.Cli.Tests.Support;

/// <summary>Simulates a gateway whose only replay runs until it is stopped; a real replay would finish too soon to observe.</summary>
internal sealed class SlowReplay : IAsyncDisposable
{
    public const string Id = "01990f6e-0000-7000-8000-000000000001";

    private readonly WebApplication _app;
    private volatile string _state = "running";
    private int _pollCount;

    private SlowReplay(WebApplication app) => _app = app;

    public string Api => _app.Urls.Single();

    /// <summary>How often the replay was polled.</summary>
    public int PollCount => Volatile.Read(ref _pollCount);

    public static async Task<SlowReplay> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var replay = new SlowReplay(builder.Build());
        replay._app.Run(replay.AnswerAsync);
        await replay._app.StartAsync(TestContext.Current.CancellationToken);
        return replay;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Method == "GET")
        {
            Interlocked.Increment(ref _pollCount);
        }
        else if (context.Request.Path.Value!.EndsWith("/stop", StringComparison.Ordinal))
        {
            _state = "stopped";
        }

        return context.Response.WriteAsync($$"""{"id":"{{Id}}","state":"{{_state}}","progress":0.05,"added":500}""");
    }
}
