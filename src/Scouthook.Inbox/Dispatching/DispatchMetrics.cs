using System.Diagnostics.Metrics;
using Scouthook.Handling;

namespace Scouthook.Inbox.Dispatching;

/// <summary>Metrics of dispatching.</summary>
internal sealed class DispatchMetrics
{
    private readonly Counter<long> _deliveries;

    public DispatchMetrics(IMeterFactory meters) => _deliveries = meters.Create(ScouthookTelemetry.MeterName)
        .CreateCounter<long>("scouthook.dispatch.deliveries", "{delivery}", "Deliveries created: one per event and endpoint.");

    public void Dispatched(int deliveries) => _deliveries.Add(deliveries);
}
