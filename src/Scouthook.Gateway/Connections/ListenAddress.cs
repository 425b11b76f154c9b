using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Scouthook.Gateway.Connections;

/// <summary>A listen address, parsed as Kestrel does.</summary>
internal sealed class ListenAddress
{
    private const string Localhost = "localhost";

    private readonly BindingAddress _address;

    private ListenAddress(BindingAddress address) => _address = address;

    /// <summary>Parses an address; an invalid text is reported where settings are read.</summary>
    public static ListenAddress? Parse(string text)
    {
        try
        {
            return new ListenAddress(BindingAddress.Parse(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Adds a listener to the server's options that can be distinguished from all others.</summary>
    public void Listen(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        void All(ListenOptions listen)
        {
            configure(listen);
            if (_address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
            {
                listen.UseHttps();
            }
        }

        if (_address.IsUnixPipe)
        {
            kestrel.ListenUnixSocket(_address.UnixPipePath, All);
        }
        else if (_address.Host.Equals(Localhost, StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(_address.Port, All);
        }
        else if (Address is { } ip)
        {
            kestrel.Listen(ip, _address.Port, All);
        }
        else
        {
            kestrel.ListenAnyIP(_address.Port, All);
        }
    }

    /// <summary>Returns whether one connection could match both addresses.</summary>
    public bool Overlaps(ListenAddress other)
    {
        if (_address.IsUnixPipe || other._address.IsUnixPipe)
        {
            return _address.IsUnixPipe && other._address.IsUnixPipe
                && Path.GetFullPath(_address.UnixPipePath) == Path.GetFullPath(other._address.UnixPipePath);
        }

        return _address.Port != 0 && _address.Port == other._address.Port
            && (Covers(other) || other.Covers(this));
    }

    /// <summary>True if every network of this machine reaches the address.</summary>
    public bool IsEverywhere => !_address.IsUnixPipe && !IsLocalhost
        && (Address is not { } ip || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    /// <summary>Returns whether another program listens here. Whether the address can be used at all is for the server to find out.</summary>
    public bool IsInUse() => !_address.IsUnixPipe && _address.Port != 0 && Bound().Any(ip => IsInUse(ip, _address.Port));

    private static bool IsInUse(IPAddress ip, int port)
    {
        try
        {
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (ip.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(ip, port));
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is SocketError.AddressAlreadyInUse;
        }
    }

    private IPAddress? Address =>
        IPAddress.TryParse(_address.Host.Trim('[', ']'), out var ip) ? ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip : null;

    /// <summary>Returns the IP addresses that the server binds to.</summary>
    private IPAddress[] Bound() =>
        IsLocalhost ? Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback]
        : Address is { } ip ? [ip]
        : [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any];

    private bool IsLocalhost => _address.Host.Equals(Localhost, StringComparison.OrdinalIgnoreCase);

    private bool Covers(ListenAddress other)
    {
        if (IsLocalhost)
        {
            return other.IsLocalhost || (other.Address is { } loopback && IPAddress.IsLoopback(loopback));
        }

        // Kestrel treats a name, a star or a plus as every address, and [::] too unless IPv6 is off.
        return Address is not { } own || own.Equals(IPAddress.IPv6Any) || own.Equals(other.Address)
            || (own.Equals(IPAddress.Any) && other.Address?.AddressFamily is not AddressFamily.InterNetworkV6);
    }
}
