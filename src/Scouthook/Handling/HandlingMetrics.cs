using System.Diagnostics.Metrics;

namespace Scouthook.Handling;

/// <summary>Measurements of typed handlers.</summary>
internal sealed class HandlingMetrics
{
    private readonly Histogram<double> _duration;

    public HandlingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ScouthookTelemetry.MeterName);
        _duration = meter.CreateHistogram<double>(
            "scouthook.handler.duration", "s", "How long a handler took with one event.");
    }

    public void Handled(string handler, string eventType, TimeSpan duration, bool succeeded) =>
        _duration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>("scouthook.handler", handler),
            new KeyValuePair<string, object?>("scouthook.event.type", eventType),
            new KeyValuePair<string, object?>("scouthook.outcome", succeeded ? "handled" : "failed"));
}
