using System.Net;
using System.Net.Sockets;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>Connections from other loopback addresses, as if from other machines.</summary>
internal sealed class Strangers : IDisposable
{
    private readonly List<Socket> _sockets = [];

    public static IPAddress Address(int number) => new([127, 1, (byte)(number / 250), (byte)(1 + (number % 250))]);

    /// <summary>Opens a connection from an address and sends bytes, if any.</summary>
    /// <returns><see langword="null"/> if the connection was not established.</returns>
    public async Task<Socket?> OpenAsync(IPAddress from, int port, ReadOnlyMemory<byte> bytes = default)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            if (!bytes.IsEmpty)
            {
                await socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken);
            }

            return socket;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        lock (_sockets)
        {
            _sockets.ForEach(socket => socket.Dispose());
        }
    }
}
