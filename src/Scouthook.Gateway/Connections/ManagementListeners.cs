using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Scouthook.Gateway.Connections;

/// <summary>Keeps management off the public addresses when it has separate addresses.</summary>
/// <remarks>
/// A connection is marked by the listener that accepted it. Addresses and ports prove nothing: port 0 is assigned
/// later, several listeners may share a port, and local sockets have none.
/// </remarks>
internal sealed class ManagementListeners
{
    private const string EndpointsSection = "Kestrel:Endpoints";

    private readonly IReadOnlyList<string> _managementUrls;
    private readonly string[] _urls;
    private readonly (string Key, string Url)[] _endpoints;
    private readonly List<ListenOptions> _listeners = [];

    /// <param name="managementUrls">The addresses of management; empty if everything is served everywhere.</param>
    /// <param name="configuration">
    /// Contains all other addresses; those of the plain list are moved from there into code.
    /// </param>
    public ManagementListeners(IReadOnlyList<string> managementUrls, IConfiguration configuration)
    {
        _managementUrls = managementUrls;
        _urls = Urls(configuration);
        _endpoints = Endpoints(configuration);
        if (AreApart)
        {
            configuration[WebHostDefaults.ServerUrlsKey] = "";
        }
    }

    /// <summary>True if management has separate addresses.</summary>
    public bool AreApart => _managementUrls.Count > 0;

    /// <summary>Every address that the server is going to listen on, as configured.</summary>
    public IEnumerable<string> Addresses =>
        (_endpoints.Length > 0 ? _endpoints.Select(endpoint => endpoint.Url) : _urls).Concat(_managementUrls);

    /// <summary>Returns the addresses that management would share with receiving.</summary>
    public static IEnumerable<string> Overlaps(IReadOnlyList<string> managementUrls, IConfiguration configuration)
    {
        var endpoints = Endpoints(configuration);
        foreach (var (key, url) in endpoints.Length > 0 ? endpoints : Urls(configuration).Select(url => (Key: "urls", Url: url)))
        {
            if (ListenAddress.Parse(url) is { } address
                && managementUrls.FirstOrDefault(own => ListenAddress.Parse(own)?.Overlaps(address) ?? false) is { } shared)
            {
                yield return $"has {shared}, which overlaps {url} of {key}: the management API would be public. "
                    + "Use another port or another address.";
            }
        }
    }

    /// <summary>Adds the listeners to the server.</summary>
    /// <remarks>
    /// Once a listener is configured in code, Kestrel ignores the plain list of addresses; so these are configured in
    /// code too. Endpoints of the configuration (<c>Kestrel:Endpoints</c>) replace that list, as they do in any app.
    /// </remarks>
    public void Listen(KestrelServerOptions kestrel)
    {
        if (!AreApart)
        {
            return;
        }

        if (_endpoints.Length == 0)
        {
            foreach (var url in _urls)
            {
                ListenAddress.Parse(url)?.Listen(kestrel, static _ => { });
            }
        }

        foreach (var url in _managementUrls)
        {
            ListenAddress.Parse(url)?.Listen(kestrel, listen =>
            {
                _listeners.Add(listen);
                listen.Use(static next => connection =>
                {
                    connection.Features.Set(ManagementListener.Instance);
                    return next(connection);
                });
            });
        }
    }

    /// <summary>Returns whether a request may reach management.</summary>
    public bool Reached(HttpContext context) => !AreApart || context.Features.Get<ManagementListener>() is not null;

    /// <summary>Splits the addresses that the server listens on, once it does.</summary>
    public (IReadOnlyList<string> Open, IReadOnlyList<string> Management) Split(ICollection<string> addresses)
    {
        if (!AreApart)
        {
            return ([.. addresses], [.. addresses]);
        }

        var management = _listeners.Select(listener => listener.ToString()!).ToList();
        var ofManagement = management.ConvertAll(SameWithoutIPv6);
        var open = addresses.Where(address => !ofManagement.Contains(SameWithoutIPv6(address))).ToList();
        return (open, management);
    }

    private static string[] Urls(IConfiguration configuration) =>
        (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string Key, string Url)[] Endpoints(IConfiguration configuration) =>
    [
        .. configuration.GetSection(EndpointsSection).GetChildren()
            .Select(endpoint => (Key: $"{endpoint.Path}:Url", Url: endpoint["Url"] ?? "")),
    ];

    // Without IPv6, Kestrel listens on 0.0.0.0 instead of [::].
    private static string SameWithoutIPv6(string address) => address.Replace("//0.0.0.0:", "//[::]:", StringComparison.Ordinal);
}
