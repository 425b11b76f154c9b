using System.Net;

namespace Scouthook.Inbox.Delivering;

/// <summary>Tells which addresses deliveries may go to, in whatever form IPv6 wraps an IPv4 address.</summary>
/// <remarks>
/// Two forms are refused whole, because what they lead to cannot be told from the address: Teredo (the far end is a
/// machine behind somebody's router, its address masked) and the local-use NAT64 prefix of RFC 8215 (where the IPv4
/// address sits depends on a length that only that network knows). Sources: the IANA special-purpose address registries,
/// RFC 6052, RFC 3056.
/// </remarks>
internal static class AddressClassifier
{
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "169.254.0.0/16", // link-local; the metadata services of most clouds
            "100.100.100.200/32", // the metadata service of Alibaba Cloud
            "224.0.0.0/4",
            "240.0.0.0/4", // reserved, and the broadcast address
            "::/128",
            "fe80::/10",
            "ff00::/8",
            "fd00:ec2::254/128", // the metadata service of AWS
            "2001::/32", // Teredo
            "64:ff9b:1::/48", // local-use NAT64
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "198.18.0.0/15",
            "::1/128",
            "fc00::/7",
            "fec0::/10", // site-local, the predecessor of fc00::/7
        }.Select(IPNetwork.Parse),
    ];

    // Where an IPv6 address holds an IPv4 address that the packet really goes to; mapped ones are told by the framework.
    private static readonly (IPNetwork Network, int Offset)[] Wrapped =
    [
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12), // translated, RFC 2765
        (IPNetwork.Parse("::/96"), 12), // compatible
        (IPNetwork.Parse("64:ff9b::/96"), 12), // NAT64
        (IPNetwork.Parse("2002::/16"), 2), // 6to4
    ];

    public static AddressClass Of(IPAddress address)
    {
        address = Plain(address);
        if (IsIn(Refused, address))
        {
            return AddressClass.Refused;
        }

        if (IsIn(Private, address))
        {
            return AddressClass.Private;
        }

        foreach (var (network, offset) in Wrapped)
        {
            if (IsIn(network, address))
            {
                return Of(new IPAddress(address.GetAddressBytes().AsSpan(offset, 4)));
            }
        }

        return AddressClass.Public;
    }

    /// <summary>Whether every address of a network is refused, so that allowing it could never take effect.</summary>
    public static bool IsRefusedWhole(IPNetwork network) => Refused.Any(it =>
        it.PrefixLength <= network.PrefixLength && IsIn(it, network.BaseAddress));

    /// <summary>An IPv4 address in the form that the tables and most settings have it in.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Whether a network holds an address in plain form.</summary>
    /// <remarks>
    /// The framework's own answer for a mapped address is wrong: on .NET 10.0.12, fc00::/7 contains ::ffff:1.0.0.0. So
    /// mapped addresses never get there.
    /// </remarks>
    public static bool IsIn(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => networks.Any(it => IsIn(it, address));
}
