using System.Diagnostics.Metrics;
using Scouthook.Handling;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>Metrics of receiving.</summary>
/// <remarks>
/// An event type outside the catalogue counts as <c>other</c>: names come from outside and are unbounded.
/// </remarks>
internal sealed class ReceiveMetrics
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _bodySize;

    public ReceiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ScouthookTelemetry.MeterName);
        _requests = meter.CreateCounter<long>(
            "scouthook.receive.requests", "{request}", "Requests to the receiving paths, by outcome.");
        _duration = meter.CreateHistogram<double>(
            "scouthook.receive.duration", "s", "Time from the first line of a request to its response.",
            advice: ScouthookTelemetry.Seconds);
        _bodySize = meter.CreateHistogram<long>(
            "scouthook.receive.body.size", "By", "Size of the bodies of verified requests.", advice: ScouthookTelemetry.Bytes);
    }

    public void Ended(string source, string eventType, string result, TimeSpan duration)
    {
        var tags = new System.Diagnostics.TagList
        {
            { "scouthook.source", source },
            { "scouthook.event.type", eventType },
            { "scouthook.outcome", result },
        };
        _requests.Add(1, tags);
        _duration.Record(duration.TotalSeconds, tags);
    }

    public void Verified(string source, int bytes) =>
        _bodySize.Record(bytes, new KeyValuePair<string, object?>("scouthook.source", source));
}
