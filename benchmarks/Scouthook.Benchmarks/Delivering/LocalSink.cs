using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>
/// Accepts deliveries at <c>/well</c>, answers 500 at <c>/failing</c> and nothing at <c>/hanging</c>.
/// </summary>
internal sealed class LocalSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _taken;

    private LocalSink(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>Called with the body of an accepted delivery and the timestamp of its end.</summary>
    public Action<ReadOnlyMemory<byte>, long>? Took { get; set; }

    public int Taken => Volatile.Read(ref _taken);

    public static async Task<LocalSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        var sink = new LocalSink(builder.Build());
        sink._app.Run(sink.TakeAsync);
        await sink._app.StartAsync();
        return sink;
    }

    /// <summary>Waits until that many were accepted, but not longer than a time.</summary>
    public async Task UntilAsync(int taken, TimeSpan atMost)
    {
        var watch = Stopwatch.StartNew();
        while (Taken < taken)
        {
            if (watch.Elapsed > atMost)
            {
                throw new InvalidOperationException($"Only {Taken} of {taken} deliveries arrived.");
            }

            await Task.Delay(5);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = new byte[context.Request.ContentLength ?? 0];
        await context.Request.Body.ReadExactlyAsync(body);
        switch (context.Request.Path.Value)
        {
            case "/failing":
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case "/hanging":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                Took?.Invoke(body, Stopwatch.GetTimestamp());
                Interlocked.Increment(ref _taken);
                break;
        }
    }
}
