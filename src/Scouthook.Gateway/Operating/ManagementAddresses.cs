using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Scouthook.Gateway.Operating;

/// <summary>Keeps management off the address that the world reaches, when it has one of its own.</summary>
/// <remarks>
/// Addresses are compared as they are once the server listens: with port 0 they are not known before. The management
/// addresses are the last ones, in the order in which they were added.
/// </remarks>
internal sealed class ManagementAddresses(IServer server, int count)
{
    private IPEndPoint[]? _endpoints;

    /// <summary>How many addresses management has of its own.</summary>
    public int Count => count;

    /// <summary>Whether a request came in at a management address.</summary>
    public bool Reached(HttpContext context)
    {
        var endpoints = _endpoints ??= Resolve();
        var address = context.Connection.LocalIpAddress;
        var port = context.Connection.LocalPort;
        return endpoints.Any(endpoint => endpoint.Port == port
            && (endpoint.Address.Equals(IPAddress.Any) || address is null
                || endpoint.Address.Equals(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)));
    }

    private IPEndPoint[] Resolve()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        return
        [
            .. addresses.TakeLast(count).Select(text =>
            {
                var uri = new Uri(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)
                    .Replace("://+", "://0.0.0.0", StringComparison.Ordinal));
                return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && !ip.Equals(IPAddress.IPv6Any)
                    ? new IPEndPoint(ip, uri.Port)
                    : new IPEndPoint(IPAddress.Any, uri.Port);
            }),
        ];
    }
}
