using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>An endpoint whose first response is the bytes a test specifies, and which returns 200 from then on.</summary>
internal sealed class HostileEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<HostileEndpoint, CancellationToken, Task> _first;
    private readonly Task _accepting;
    private NetworkStream? _stream;
    private int _connections;

    public HostileEndpoint(Func<HostileEndpoint, CancellationToken, Task> first)
    {
        _first = first;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public HostileEndpoint(string first)
        : this((endpoint, end) => endpoint.WriteAsync(Encoding.Latin1.GetBytes(first), end))
    {
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The number of bytes of the first response that the client received.</summary>
    public long Written { get; private set; }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken end)
    {
        await _stream!.WriteAsync(bytes, end);
        Written += bytes.Length;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Stop();
        _end.Dispose();
    }

    /// <summary>Accepts connections one at a time, as its deliveries are sequential too.</summary>
    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _stream = client.GetStream();
                await ReadAsync(_stream, _end.Token);
                if (Interlocked.Increment(ref _connections) == 1)
                {
                    await _first(this, _end.Token);
                }
                else
                {
                    await _stream.WriteAsync(
                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _end.Token);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The client has closed, or the test has ended.
            }
        }
    }

    private static async Task ReadAsync(NetworkStream stream, CancellationToken end)
    {
        // The requests of tests are small: head and body arrive in one or two packets, and the body ends with a brace.
        var buffer = new byte[64 * 1024];
        var count = 0;
        while (count == 0 || buffer[count - 1] != '}')
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), end);
            if (read == 0)
            {
                return;
            }

            count += read;
        }
    }
}
