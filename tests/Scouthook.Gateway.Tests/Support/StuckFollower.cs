using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>Requests the whole stream and never reads a byte, with its connection open.</summary>
internal sealed class StuckFollower : IDisposable
{
    private const int Little = 4 * 1024;

    // The system buffers unread data; the smaller the buffer, the sooner the server has to wait.
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = Little };

    private StuckFollower()
    {
    }

    /// <summary>True if the server has reset the connection, determined by sending data it need not read.</summary>
    public bool IsCutOff
    {
        get
        {
            try
            {
                _socket.Send("\r\n"u8);
                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        }
    }

    public static async Task<StuckFollower> ConnectAsync(RunningGateway gateway)
    {
        var stuck = new StuckFollower();
        await stuck._socket.ConnectAsync(IPAddress.Loopback, gateway.ManagementPort, TestContext.Current.CancellationToken);
        await stuck._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /api/v1/stream?after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {GatewaySetup.Key}\r\n\r\n"));
        await Eventually.TrueAsync(() => stuck._socket.Available > 0, "the stream starts");
        return stuck;
    }

    public static async Task<IReadOnlyList<StuckFollower>> ConnectAsync(RunningGateway gateway, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ConnectAsync(gateway)));

    public void Dispose() => _socket.Dispose();
}
