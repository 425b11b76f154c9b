using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Prometheus;
using Scouthook.Handling;
using Scouthook.Management.Services;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Renders the metrics of this gateway and of its process as Prometheus text.</summary>
/// <remarks>
/// Meters of other hosts in the same process carry the same names and another scope; they are left out.
/// It collects from the start: the library's own endpoint begins with the first request to it, and everything counted
/// before would be missing. The library puts the meter's name before the instrument's, which repeats it, and calls
/// counters gauges; both are corrected in the text. Collecting costs as much as storing many events, so the text is
/// created at most once a second and shared.
/// </remarks>
internal sealed class PrometheusText : IDisposable
{
    private const string Twice = "scouthook_scouthook_";
    private const string Once = "scouthook_";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private static readonly string[] Meters =
        [ScouthookTelemetry.MeterName, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    private static readonly double[] Seconds =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] Counts = Histogram.ExponentialBuckets(1, 2, 10);

    private static readonly double[] Bytes = Histogram.ExponentialBuckets(256, 4, 9);

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly IDisposable _adapter;
    private readonly SharedResult<byte[]> _text;

    public PrometheusText(IMeterFactory meters, TimeProvider timeProvider)
    {
        _adapter = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = _registry,
            MetricFactory = Metrics.WithCustomRegistry(_registry),
            InstrumentFilterPredicate = instrument => Meters.Contains(instrument.Meter.Name)
                && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters),
            ResolveHistogramBuckets = BucketsOf,
            MetricsExpireAfter = TimeSpan.FromDays(1),
        });
        _text = new SharedResult<byte[]>(CollectAsync, Period, timeProvider);
    }

    public async Task WriteAsync(HttpContext context)
    {
        var text = await _text.GetAsync(context.RequestAborted);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }

    public void Dispose() => _adapter.Dispose();

    private async Task<byte[]> CollectAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetBytes(Correct(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length)));
    }

    private static double[] BucketsOf(Instrument instrument) => instrument.Unit switch
    {
        "s" => Seconds,
        "By" => Bytes,
        _ => Counts,
    };

    private static string Correct(string text)
    {
        const string counter = "Counter`1)";
        const string upAndDown = "UpDownCounter`1)";
        const string gauge = " gauge";
        var lines = text.Replace(Twice, Once, StringComparison.Ordinal).Split('\n');
        for (var index = 1; index < lines.Length; index++)
        {
            // The line before is the HELP text of the same metric, which ends with the kind of the instrument.
            if (lines[index].StartsWith("# TYPE ", StringComparison.Ordinal)
                && lines[index].EndsWith(gauge, StringComparison.Ordinal)
                && lines[index - 1].EndsWith(counter, StringComparison.Ordinal)
                && !lines[index - 1].EndsWith(upAndDown, StringComparison.Ordinal))
            {
                lines[index] = string.Concat(lines[index].AsSpan(0, lines[index].Length - gauge.Length), " counter");
            }
        }

        return string.Join('\n', lines);
    }
}
