using System.Net;
using System.Net.Sockets;

namespace Scouthook.Gateway.Connections;

/// <summary>
/// The unit that connections are counted by: an IPv4 address, the /64 network of an IPv6 one, or the local sockets.
/// </summary>
/// <remarks>An IPv6 host has a whole /64 of addresses to itself, so single addresses mean nothing.</remarks>
internal readonly record struct ConnectionGroup(ulong Network, bool IsIPv6, bool IsLocalSocket)
{
    public static ConnectionGroup Of(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
        {
            return new ConnectionGroup(0, false, true);
        }

        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily is AddressFamily.InterNetwork
            ? new ConnectionGroup(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), false, false)
            : new ConnectionGroup(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes), true, false);
    }
}
