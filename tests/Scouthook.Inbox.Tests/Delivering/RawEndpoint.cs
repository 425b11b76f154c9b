using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>An endpoint that sends exactly the bytes a test specifies, whether HTTP or not.</summary>
internal sealed class RawEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<RawEndpoint, NetworkStream, CancellationToken, Task> _answer;
    private readonly bool _readsRequest;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private long _written;
    private int _connections;

    private RawEndpoint(Func<RawEndpoint, NetworkStream, CancellationToken, Task> answer, bool readsRequest)
    {
        _answer = answer;
        _readsRequest = readsRequest;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}/hook");

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The number of bytes sent before the client closed.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>The head of the last request.</summary>
    public string Head { get; private set; } = "";

    /// <summary>Completes when the first connection ends.</summary>
    public Task Finished => _finished.Task.InTime();

    /// <summary>Responds after receiving the head of a request.</summary>
    public static RawEndpoint Answering(Func<RawEndpoint, NetworkStream, CancellationToken, Task> answer) =>
        new(answer, readsRequest: true);

    public static RawEndpoint Answering(string answer) =>
        Answering((endpoint, stream, end) => endpoint.WriteAsync(stream, Encoding.Latin1.GetBytes(answer), end));

    /// <summary>Sends first, or accepts input that is not HTTP.</summary>
    public static RawEndpoint OnConnect(Func<RawEndpoint, NetworkStream, CancellationToken, Task> answer) =>
        new(answer, readsRequest: false);

    public async Task WriteAsync(NetworkStream stream, ReadOnlyMemory<byte> bytes, CancellationToken end)
    {
        await stream.WriteAsync(bytes, end);
        Interlocked.Add(ref _written, bytes.Length);
    }

    /// <summary>Repeats the same bytes until the total is sent or the client closes.</summary>
    public async Task WriteAsync(NetworkStream stream, byte[] block, long total, CancellationToken end)
    {
        for (long sent = 0; sent < total; sent += block.Length)
        {
            await WriteAsync(stream, block, end);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting.InTime();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var own = client;
        try
        {
            await using var stream = client.GetStream();
            if (_readsRequest)
            {
                Head = await ReadHeadAsync(stream, _end.Token);
            }

            await _answer(this, stream, _end.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has closed, or the test has ended.
        }
        finally
        {
            _finished.TrySetResult();
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken end)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, end);
            if (count == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
