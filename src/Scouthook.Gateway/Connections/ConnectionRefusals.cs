using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Scouthook.Handling;

namespace Scouthook.Gateway.Connections;

/// <summary>Counts and logs connections that were not kept.</summary>
internal sealed class ConnectionRefusals : IDisposable
{
    private readonly Counter<long> _refused;
    private readonly LogThrottle _log;
    private long _count;

    public ConnectionRefusals(
        ConnectionLimits limits, IMeterFactory meters, TimeProvider timeProvider, ILogger<ConnectionRefusals> logger)
    {
        _refused = meters.Create(ScouthookTelemetry.MeterName).CreateCounter<long>(
            "scouthook.gateway.connections.refused", "{connection}",
            "Connections that were closed because there were too many.");
        _log = new LogThrottle(timeProvider, (_, all) => GatewayLog.ConnectionsRefused(
            logger, all.ToString(), limits.Total, limits.PerAddress));
    }

    public void Add(ConnectionRefusal reason)
    {
        var name = reason switch
        {
            ConnectionRefusal.TooManyFromAddress => "too_many_from_address",
            ConnectionRefusal.TooMany => "too_many",
            _ => "gave_way",
        };
        _refused.Add(1, new KeyValuePair<string, object?>("scouthook.outcome", name));
        Interlocked.Increment(ref _count);
        _log.Note("", name);
    }

    /// <summary>Returns the count since the last call.</summary>
    public long Take() => Interlocked.Exchange(ref _count, 0);

    public void Dispose() => _log.Dispose();
}
