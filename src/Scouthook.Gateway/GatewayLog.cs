using Microsoft.Extensions.Logging;

namespace Scouthook.Gateway;

/// <summary>
/// Log messages of the gateway. A released event id never changes. No message contains payloads, keys or secrets.
/// </summary>
/// <remarks>
/// One class for the whole project: the generator writes several in an order that changes from build to build
/// (https://github.com/dotnet/runtime/issues/119587), and packages are reproducible.
/// </remarks>
internal static partial class GatewayLog
{
    [LoggerMessage(
        6001, LogLevel.Warning,
        "Closed connections: {Reasons}. The limits are {Total} (Scouthook:Gateway:MaxConnections) and {PerAddress} per "
        + "address (Scouthook:Gateway:MaxConnectionsPerAddress); a proxy belongs in Scouthook:Gateway:TrustedProxies")]
    public static partial void ConnectionsRefused(ILogger logger, string reasons, int total, int perAddress);

    [LoggerMessage(
        6002, LogLevel.Warning,
        "Telemetry was not exported: {Reasons}. What does not fit into the queues is dropped. Check OTEL_EXPORTER_OTLP_ENDPOINT, "
        + "OTEL_EXPORTER_OTLP_PROTOCOL and whether the collector is running")]
    public static partial void NotExported(ILogger logger, string reasons);
}
