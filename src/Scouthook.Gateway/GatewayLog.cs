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
}
