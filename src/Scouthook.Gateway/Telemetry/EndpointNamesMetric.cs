using System.Diagnostics.Metrics;
using Scouthook.Handling;
using Scouthook.Inbox.Statistics;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Publishes the names of endpoints as a metric; other metrics carry only ids.</summary>
/// <remarks>
/// Names reveal who receives the events. So they are published only where metrics have a separate address,
/// separate from the public one.
/// </remarks>
internal sealed class EndpointNamesMetric
{
    public EndpointNamesMetric(IMeterFactory meters, StatisticsAggregator statistics) => meters.Create(ScouthookTelemetry.MeterName)
        .CreateObservableGauge(
            "scouthook.endpoint.info",
            () => statistics.Backlog.Select(waiting => new Measurement<long>(
                1,
                new KeyValuePair<string, object?>("scouthook.endpoint", waiting.EndpointId.ToString()),
                new KeyValuePair<string, object?>("scouthook.endpoint.name", waiting.Endpoint))),
            "{endpoint}",
            "Always 1; carries the name of each endpoint.");
}
