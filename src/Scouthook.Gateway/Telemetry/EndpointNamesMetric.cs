using System.Diagnostics.Metrics;
using Scouthook.Handling;
using Scouthook.Inbox.Statistics;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Publishes which endpoint has which name; other metrics carry ids only.</summary>
/// <remarks>
/// Names tell who gets the events. So they are published only where metrics have an address of their own, apart from the
/// one that anybody reaches.
/// </remarks>
internal sealed class EndpointNamesMetric
{
    public EndpointNamesMetric(IMeterFactory meters, StatisticsAggregator statistics) => meters.Create(ScouthookTelemetry.MeterName)
        .CreateObservableGauge(
            "scouthook.endpoint.info",
            () => statistics.Backlog.Select(it => new Measurement<long>(
                1,
                new KeyValuePair<string, object?>("scouthook.endpoint", it.EndpointId.ToString()),
                new KeyValuePair<string, object?>("scouthook.endpoint.name", it.Endpoint))),
            "{endpoint}",
            "Always 1; carries the name of each endpoint.");
}
