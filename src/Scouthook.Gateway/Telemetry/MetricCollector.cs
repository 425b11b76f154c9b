using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Prometheus;
using Scouthook.Handling;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Collects the measurements of this gateway and of its process, and writes them as Prometheus text.</summary>
/// <remarks>
/// It listens from its creation, so that nothing counted before the first scrape is missing. Meters of other hosts in the same
/// process have the same names and another scope; they are left out.
/// </remarks>
internal sealed class MetricCollector : IDisposable
{
    private static readonly string[] Meters =
        [ScouthookTelemetry.MeterName, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _series = new();
    private readonly MeterListener _listener = new();
    private readonly TimeProvider _timeProvider;

    public MetricCollector(IMeterFactory meters, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        var factory = Metrics.WithCustomRegistry(_registry);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters))
            {
                listener.EnableMeasurementEvents(
                    instrument, _series.GetOrAdd(instrument, static (added, factory) => new InstrumentSeries(added, factory), factory));
            }
        };
        _listener.MeasurementsCompleted = (instrument, series) => _series.TryRemove(instrument, out _);
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record((double)value, tags, state));
        _listener.Start();
    }

    /// <summary>Writes the current values; one call at a time.</summary>
    public async Task<byte[]> WriteAsync()
    {
        _listener.RecordObservableInstruments();
        var now = _timeProvider.GetTimestamp();
        foreach (var series in _series.Values)
        {
            series.RemoveIdle(now, _timeProvider);
        }

        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text);
        return text.ToArray();
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((InstrumentSeries)state!).Record(value, tags);
}
