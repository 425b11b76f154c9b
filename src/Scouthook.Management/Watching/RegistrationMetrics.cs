using System.Diagnostics.Metrics;
using Scouthook.Handling;

namespace Scouthook.Management.Watching;

/// <summary>Metrics of the registrations in Help Scout.</summary>
internal sealed class RegistrationMetrics
{
    private readonly Counter<long> _enabled;

    public RegistrationMetrics(IMeterFactory meters, RegistrationStatuses statuses)
    {
        var meter = meters.Create(ScouthookTelemetry.MeterName);
        _enabled = meter.CreateCounter<long>(
            "scouthook.webhook.reenabled", "{registration}", "Disabled registrations in Help Scout that were enabled again automatically.");
        meter.CreateObservableGauge(
            "scouthook.webhook.ok",
            () => statuses.All
                .Where(status => status.Value.State is not RegistrationCondition.Unknown)
                .Select(status => new Measurement<long>(
                    status.Value.State is RegistrationCondition.Ok ? 1 : 0,
                    new KeyValuePair<string, object?>("scouthook.source", status.Key))),
            "{source}",
            "1 if the registrations of a source in Help Scout are enabled and as expected, otherwise 0.");
    }

    public void Reenabled(string source) => _enabled.Add(1, new KeyValuePair<string, object?>("scouthook.source", source));
}
