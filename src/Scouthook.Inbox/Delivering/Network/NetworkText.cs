using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.Inbox.Delivering.Network;

/// <summary>Parses a network in CIDR form, or a single address as a network.</summary>
internal static class NetworkText
{
    public static bool TryRead(string text, out IPNetwork network, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        network = default;
        var isNetwork = text.Contains('/');
        if (!TryReadAddress(isNetwork ? text[..text.IndexOf('/')] : text, out var address)
            || (isNetwork && !(IPNetwork.TryParse(text, out network) && network.BaseAddress.Equals(address))))
        {
            problem = "must be an address or a network such as 10.1.0.0/16 or fd12:3456::/48, with nothing after the "
                + "prefix.";
            return false;
        }

        if (!isNetwork)
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        if (AddressClassifier.IsRefusedWhole(network))
        {
            problem = "is always refused: deliveries never go to link-local, multicast, reserved or metadata "
                + "addresses.";
            return false;
        }

        return true;
    }

    // The framework also parses 10.1 as 10.0.0.1 and 010.0.0.1 as octal, which may not be what the author meant.
    private static bool TryReadAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily is AddressFamily.InterNetworkV6
            ? !address.IsIPv4MappedToIPv6 && !text.AsSpan().ContainsAny("[]%")
            : address.ToString() == text);
}
