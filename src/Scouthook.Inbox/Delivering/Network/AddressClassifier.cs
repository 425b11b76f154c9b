using System.Net;

namespace Scouthook.Inbox.Delivering.Network;

/// <summary>Decides which addresses deliveries may go to, in every form in which IPv6 embeds an IPv4 address.</summary>
/// <remarks>
/// Sources: the IANA IPv4 and IPv6 special-purpose address registries, listed here in full, including the blocks they
/// call globally reachable: an endpoint in one of them can be allowed, and none is reached by accident. RFC 6052
/// (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 5214 (ISATAP).
/// </remarks>
internal static class AddressClassifier
{
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "169.254.0.0/16", // link-local; the metadata services of most clouds
            "224.0.0.0/4", // multicast
            "100.100.100.200/32", // metadata: Alibaba Cloud
            "168.63.129.16/32", // metadata: Azure
            "192.0.0.192/32", // metadata: Oracle Cloud
            "::/128",
            "fe80::/10", // link-local
            "ff00::/8", // multicast
            "fd00:ec2::254/128", // metadata: AWS
            "fd20:ce::254/128", // metadata: Google Cloud
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "10.0.0.0/8",
            "100.64.0.0/10", // shared address space of carriers
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24", // IETF protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // 6to4 relays, deprecated
            "192.168.0.0/16",
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarking
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "240.0.0.0/4", // reserved, and the broadcast address
            "::1/128",
            "64:ff9b::/96", // NAT64
            "64:ff9b:1::/48", // local-use NAT64
            "100::/64", // discard-only
            "100:0:0:1::/64", // dummy prefix
            "2001::/23", // IETF protocol assignments: Teredo, benchmarking, AMT, AS112, ORCHID, DRIP
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "2620:4f:8000::/48", // AS112
            "3fff::/20", // documentation
            "5f00::/16", // segment routing
            "fc00::/7", // unique local
            "fec0::/10", // site-local, the predecessor of fc00::/7
        }.Select(IPNetwork.Parse),
    ];

    /// <param name="address">The address, in any form.</param>
    /// <param name="own">The addresses of this machine; empty if they do not matter.</param>
    public static AddressClass Of(IPAddress address, IReadOnlySet<IPAddress>? own = null)
    {
        address = Plain(address);
        var found = OfItself(address, own);
        foreach (var embedded in EmbeddedAddresses.Of(address))
        {
            found = Strictest(found, OfItself(embedded, own));
        }

        return found;
    }

    /// <summary>
    /// Returns whether every address of a network is blocked, so that allowing it could never take effect.
    /// </summary>
    public static bool IsRefusedWhole(IPNetwork network) => Refused.Any(refused =>
        refused.PrefixLength <= network.PrefixLength && IsIn(refused, network.BaseAddress));

    /// <summary>Converts an IPv4-mapped address to the IPv4 form that the tables and most settings use.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Returns whether a network contains an address in plain form.</summary>
    /// <remarks>
    /// The framework's own result for a mapped address is wrong: on .NET 10.0.12, fc00::/7 contains ::ffff:1.0.0.0. So
    /// mapped addresses never get there.
    /// </remarks>
    public static bool IsIn(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);

    private static AddressClass OfItself(IPAddress address, IReadOnlySet<IPAddress>? own)
    {
        if (IsIn(Refused, address))
        {
            return AddressClass.Refused;
        }

        return IsIn(Private, address) || own?.Contains(address) is true ? AddressClass.Private : AddressClass.Public;
    }

    private static AddressClass Strictest(AddressClass one, AddressClass other) => one > other ? one : other;

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => networks.Any(network => IsIn(network, address));
}
