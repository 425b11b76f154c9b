using System.Net;

namespace Scouthook.Inbox.Delivering.Network;

/// <summary>
/// Decides whether deliveries may go to an address under the current settings, and gives the reason if not.
/// </summary>
internal static class AddressRule
{
    /// <param name="address">The address.</param>
    /// <param name="policy">The allowed networks.</param>
    /// <param name="own">The addresses of this machine.</param>
    /// <returns>The reason; <see langword="null"/> if the address is allowed.</returns>
    public static string? WhyRefused(IPAddress address, NetworkPolicy policy, IReadOnlySet<IPAddress> own)
    {
        address = AddressClassifier.Plain(address);
        return AddressClassifier.Of(address, own) switch
        {
            AddressClass.Refused =>
                $"Deliveries never go to {address}: link-local, multicast and metadata addresses are refused whatever "
                    + $"{NetworkPolicy.AllowedNetworksKey} and {NetworkPolicy.AllowPrivateNetworksKey} say.",
            AddressClass.Private when !IsAllowed(address, policy) =>
                $"Deliveries do not go to {address}, {Kind(address, own)}. If the endpoint is meant to be there, add the "
                    + $"address or its network to {NetworkPolicy.AllowedNetworksKey}, or set "
                    + $"{NetworkPolicy.AllowPrivateNetworksKey} to true.",
            _ => null,
        };
    }

    /// <summary>
    /// Returns why a URL can never be delivered to under the current settings, as far as its text shows.
    /// </summary>
    /// <param name="url">The URL of an endpoint.</param>
    /// <param name="policy">The allowed networks.</param>
    /// <param name="own">
    /// The addresses of this machine; empty while an endpoint is being configured, as a DHCP lease may change them.
    /// </param>
    /// <returns>
    /// The reason; <see langword="null"/> if the address is allowed, or if the host is a name that must be resolved
    /// first.
    /// </returns>
    public static string? WhyRefused(Uri url, NetworkPolicy policy, IReadOnlySet<IPAddress>? own = null) =>
        Literal(url) is { } address ? WhyRefused(address, policy, own ?? new HashSet<IPAddress>()) : null;

    private static bool IsAllowed(IPAddress address, NetworkPolicy policy) => policy.AllowPrivateNetworks
        || policy.AllowedNetworks.Any(network => AddressClassifier.IsIn(network, address));

    private static string Kind(IPAddress address, IReadOnlySet<IPAddress> own) =>
        AddressClassifier.Of(address) is AddressClass.Public || (own.Contains(address) && !IPAddress.IsLoopback(address))
            ? "an address of this machine"
            : "a private, loopback or special-purpose address";

    /// <remarks>
    /// <see cref="Uri"/> has already parsed hexadecimal, octal, decimal and short forms of IPv4. Names under localhost
    /// are loopback by definition (RFC 6761).
    /// </remarks>
    private static IPAddress? Literal(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var address) ? address
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
                ? IPAddress.Loopback
                : null;
    }
}
