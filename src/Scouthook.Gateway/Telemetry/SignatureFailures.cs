using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Scouthook.Handling;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Counts refused signatures by source, from the existing metric of receiving.</summary>
internal sealed class SignatureFailures : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public SignatureFailures(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Several gateways may run in one process; each has a factory of its own.
            if (instrument.Meter.Name == ScouthookTelemetry.MeterName
                && instrument.Meter.Scope == meters
                && instrument.Name == "scouthook.receive.requests")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    /// <summary>Returns the counts since the last call.</summary>
    public IReadOnlyDictionary<string, int> Take()
    {
        var taken = new Dictionary<string, int>();
        foreach (var source in _failures.Keys)
        {
            if (_failures.TryRemove(source, out var count))
            {
                taken.Add(source, count);
            }
        }

        return taken;
    }

    public void Dispose() => _listener.Dispose();

    private void Count(
        Instrument instrument, long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        string? source = null;
        var isRefused = false;
        foreach (var (name, value) in tags)
        {
            if (name == "scouthook.source")
            {
                source = value as string;
            }
            else if (name == "scouthook.outcome")
            {
                isRefused = value is "signature_missing" or "signature_malformed" or "signature_ambiguous"
                    or "signature_mismatch" or "no_live_secret";
            }
        }

        if (isRefused && source is not null)
        {
            _failures.AddOrUpdate(source, 1, (_, count) => count + 1);
        }
    }
}
