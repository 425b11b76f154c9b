using System.Net;
using System.Net.Sockets;

namespace Scouthook.Inbox.Delivering.Network;

/// <summary>Finds the IPv4 addresses that a packet to an IPv6 address may actually reach.</summary>
internal static class EmbeddedAddresses
{
    // Byte 8 of the forms that embed an address around it does not belong to the address (RFC 6052, section 2.2).
    private static readonly (IPNetwork Network, int[][] Places)[] Forms =
    [
        (IPNetwork.Parse("::ffff:0:0:0/96"), [[12, 13, 14, 15]]), // translated, RFC 2765
        (IPNetwork.Parse("::/96"), [[12, 13, 14, 15]]), // compatible
        (IPNetwork.Parse("64:ff9b::/96"), [[12, 13, 14, 15]]), // NAT64
        (IPNetwork.Parse("2002::/16"), [[2, 3, 4, 5]]), // 6to4
        (IPNetwork.Parse("2001::/32"), [[4, 5, 6, 7]]), // the server of Teredo; the client is masked

        // Only the network that uses this prefix knows its length, so every position is read.
        (IPNetwork.Parse("64:ff9b:1::/48"), [[6, 7, 9, 10], [7, 9, 10, 11], [9, 10, 11, 12], [12, 13, 14, 15]]),
    ];

    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork LocalNat64 = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork ThisNetwork = IPNetwork.Parse("0.0.0.0/8");

    /// <param name="address">An address that is not IPv4-mapped.</param>
    public static IEnumerable<IPAddress> Of(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            yield break;
        }

        if (address.Equals(IPAddress.IPv6Loopback))
        {
            // It has the form of the compatible address of 0.0.0.1, but is a separate address.
            yield break;
        }

        var bytes = address.GetAddressBytes();
        foreach (var (network, places) in Forms)
        {
            if (network.Contains(address))
            {
                foreach (var place in places)
                {
                    var embedded = new IPAddress([bytes[place[0]], bytes[place[1]], bytes[place[2]], bytes[place[3]]]);
                    if (network.Equals(LocalNat64) && ThisNetwork.Contains(embedded))
                    {
                        // Zeros: the address is in one of the other positions.
                        continue;
                    }

                    yield return embedded;
                }
            }
        }

        if (Teredo.Contains(address))
        {
            yield return new IPAddress([(byte)~bytes[12], (byte)~bytes[13], (byte)~bytes[14], (byte)~bytes[15]]);
        }

        // ISATAP, under any prefix: 0000:5efe or 0200:5efe before the IPv4 address.
        if (bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe)
        {
            yield return new IPAddress(bytes.AsSpan(12, 4));
        }
    }
}
