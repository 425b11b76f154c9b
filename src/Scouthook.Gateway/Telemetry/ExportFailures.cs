using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Logs that telemetry cannot be exported, at most once an hour: OpenTelemetry itself fails silently.</summary>
internal sealed class ExportFailures : EventListener
{
    private readonly LogThrottle? _log;

    public ExportFailures(TimeProvider timeProvider, ILogger<ExportFailures> logger) => _log = new LogThrottle(
        timeProvider, (_, reasons) => GatewayLog.NotExported(logger, reasons.ToString()), TimeSpan.FromHours(1));

    public override void Dispose()
    {
        base.Dispose();
        _log?.Dispose();
    }

    /// <summary>Called by the constructor of the base class too.</summary>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    /// <summary>The text of an event contains the answer of the collector, so only its name is logged.</summary>
    protected override void OnEventWritten(EventWrittenEventArgs eventData) => _log?.Note("", eventData.EventName ?? "unknown");
}
