using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scouthook.Benchmarks.Following;

/// <summary>Requests the whole stream of a gateway and reads only its first bytes, with its connection open.</summary>
internal sealed class StuckFollower : IDisposable
{
    private const int Little = 4 * 1024;

    // The system buffers unread data; the smaller the buffer, the sooner the gateway has to wait.
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = Little };

    private StuckFollower()
    {
    }

    public static async Task<StuckFollower> ConnectAsync(IPEndPoint address, string key)
    {
        var stuck = new StuckFollower();
        await stuck._socket.ConnectAsync(address);
        await stuck._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /api/v1/stream?after=0 HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\r\n"));
        var first = new byte[64];
        if (await stuck._socket.ReceiveAsync(first) == 0 || !first.AsSpan().StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException("The stream did not begin.");
        }

        return stuck;
    }

    public void Dispose() => _socket.Dispose();
}
