using System.Diagnostics.Metrics;

namespace Scouthook.Handling;

/// <summary>Metrics of typed handlers.</summary>
internal sealed class HandlingMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _unreadMembers;

    public HandlingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ScouthookTelemetry.MeterName);
        _duration = meter.CreateHistogram<double>(
            "scouthook.handler.duration", "s", "Duration of a handler for one event.", advice: ScouthookTelemetry.Seconds);
        _unreadable = meter.CreateCounter<long>(
            "scouthook.handler.unreadable", "{event}", "Events a typed handler did not receive because their body is unreadable.");
        _unreadMembers = meter.CreateCounter<long>(
            "scouthook.receive.unread_members", "{member}", "Members of typed events that did not have the documented JSON type and could not be read.");
    }

    public void Handled(string handler, string eventType, TimeSpan duration, bool succeeded) =>
        _duration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>("scouthook.handler", handler),
            new KeyValuePair<string, object?>("scouthook.event.type", eventType),
            new KeyValuePair<string, object?>("scouthook.outcome", succeeded ? "handled" : "failed"));

    /// <summary>Counts the members of an event that could not be read.</summary>
    public void UnreadMembers(string eventType, int count) =>
        _unreadMembers.Add(count, new KeyValuePair<string, object?>("scouthook.event.type", eventType));

    /// <summary>Counts an event that a handler is registered for and did not receive.</summary>
    public void Unreadable(string handler, string eventType) =>
        _unreadable.Add(
            1,
            new KeyValuePair<string, object?>("scouthook.handler", handler),
            new KeyValuePair<string, object?>("scouthook.event.type", eventType));
}
