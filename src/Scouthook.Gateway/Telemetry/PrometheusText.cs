using Microsoft.AspNetCore.Http;
using Scouthook.Management.Services;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Serves the metrics of this gateway and of its process as Prometheus text.</summary>
/// <remarks>
/// Writing it costs as much as storing many events, so the text is created at most once a second and shared.
/// </remarks>
internal sealed class PrometheusText(MetricCollector collector, TimeProvider timeProvider)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly SharedResult<byte[]> _text = new(collector.WriteAsync, Period, timeProvider);

    public async Task WriteAsync(HttpContext context)
    {
        var text = await _text.GetAsync(context.RequestAborted);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }
}
