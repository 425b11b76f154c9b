using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Scouthook.Gateway.Tests.Telemetry;

/// <summary>A collector of OpenTelemetry on its own port, which keeps what it receives by OTLP over HTTP.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

    /// <summary>The names of metrics.</summary>
    public ConcurrentDictionary<string, string> Units { get; } = new();

    /// <summary>The text of log entries, with their level in words and the trace in which they were written.</summary>
    public ConcurrentQueue<(string Text, string Level, string Trace)> Logs { get; } = new();

    /// <summary>Everything, as it came.</summary>
    public ConcurrentQueue<byte[]> Requests { get; } = new();

    public string Url => _app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._app.MapPost("/v1/traces", (HttpContext context) => collector.TakeAsync(context, request =>
        {
            foreach (var span in ReceivedSpan.Read(request))
            {
                collector.Spans.Enqueue(span);
            }
        }));
        collector._app.MapPost("/v1/metrics", (HttpContext context) => collector.TakeAsync(context, request =>
        {
            foreach (var metric in request.Messages(1, 2, 2))
            {
                collector.Units[metric.Text(1)] = metric.Text(3);
            }
        }));
        collector._app.MapPost("/v1/logs", (HttpContext context) => collector.TakeAsync(context, request =>
        {
            foreach (var entry in request.Messages(1, 2, 2))
            {
                collector.Logs.Enqueue((entry.Messages(5).Select(ProtobufMessage.Value).FirstOrDefault(""), entry.Text(3), entry.Hex(9)));
            }
        }));
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>The variables with which a gateway exports to it soon after something happened.</summary>
    public GatewaySetup Exporting(GatewaySetup setup) => setup with
    {
        Environment = new Dictionary<string, string>(setup.Environment)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        },
    };

    /// <summary>Waits until spans have arrived.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> WaitAsync(string name, int count)
    {
        await Eventually.TrueAsync(() => Of(name).Count >= count, $"{count} spans {name} are exported");
        return Of(name);
    }

    public IReadOnlyList<ReceivedSpan> Of(string name) => [.. Spans.Where(span => span.Name == name)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, Action<ProtobufMessage> read)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Requests.Enqueue(body.ToArray());
        read(new ProtobufMessage(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
