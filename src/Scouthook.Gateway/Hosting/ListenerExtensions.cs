using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Gateway.Configuration;
using Scouthook.Gateway.Connections;
using Scouthook.Settings;

namespace Scouthook.Gateway.Hosting;

/// <summary>Configures the server: its addresses, the maximum number of connections, and their timeouts.</summary>
internal static class ListenerExtensions
{
    /// <summary>
    /// The bytes read ahead of a request that is being answered; the default is a megabyte per connection.
    /// </summary>
    private const int MaxReadAhead = 64 * 1024;

    public static void AddListeners(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => new ManagementListeners(
            Settings(provider).ManagementUrls, provider.GetRequiredService<IConfiguration>()));
        services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider>((kestrel, provider) =>
        {
            var settings = Settings(provider);
            kestrel.Limits.RequestHeadersTimeout = settings.HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = settings.KeepAlive;
            kestrel.Limits.MaxRequestBufferSize = MaxReadAhead;
            provider.GetRequiredService<ManagementListeners>().Listen(kestrel);
        });
        services.AddSingleton(provider => new ConnectionLimits(
            Settings(provider).MaxConnections, Settings(provider).MaxConnectionsPerAddress));
        services.AddSingleton<ConnectionRefusals>();
        services.AddSingleton(provider => new ConnectionLimiter(
            provider.GetRequiredService<ConnectionLimits>(),
            ProxiesOf(Settings(provider)),
            provider.GetRequiredService<ConnectionRefusals>(),
            provider.GetRequiredService<TimeProvider>()));
        LimitTransports(services);
    }

    private static GatewaySettings Settings(IServiceProvider provider) =>
        provider.GetRequiredService<Settings<GatewaySettings>>().Current;

    private static void LimitTransports(IServiceCollection services)
    {
        var transports = services.Where(service => service.ServiceType == typeof(IConnectionListenerFactory)).ToList();
        if (transports.Count == 0)
        {
            throw new InvalidOperationException("The server has no transport whose connections could be limited.");
        }

        foreach (var transport in transports)
        {
            services[services.IndexOf(transport)] = ServiceDescriptor.Singleton<IConnectionListenerFactory>(
                provider => new LimitedTransport(
                    (IConnectionListenerFactory)(transport.ImplementationFactory?.Invoke(provider)
                        ?? transport.ImplementationInstance
                        ?? ActivatorUtilities.CreateInstance(provider, transport.ImplementationType!)),
                    provider.GetRequiredService<ConnectionLimiter>()));
        }
    }

    private static Func<IPAddress, bool> ProxiesOf(GatewaySettings settings)
    {
        var addresses = new HashSet<IPAddress>();
        var networks = new List<IPNetwork>();
        foreach (var proxy in settings.TrustedProxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                addresses.Add(Plain(address));
            }
            else if (IPNetwork.TryParse(proxy, out var network))
            {
                networks.Add(network);
            }
        }

        return remote => addresses.Contains(Plain(remote)) || networks.Exists(network => network.Contains(Plain(remote)));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
