using Microsoft.Extensions.Logging;

namespace Scouthook.Gateway;

/// <summary>Log messages of the gateway itself. Event ids stay what they are once released.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(
        6001, LogLevel.Warning,
        "Closed connections: {Reasons}. There may be {Total} (Scouthook:Gateway:MaxConnections) and {PerAddress} from one "
        + "address (Scouthook:Gateway:MaxConnectionsPerAddress); a proxy belongs in Scouthook:Gateway:TrustedProxies")]
    public static partial void ConnectionsRefused(ILogger logger, string reasons, int total, int perAddress);
}
