using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scouthook.TestSupport;

/// <summary>A minimal HTTP/1.1 client over a socket that sends arbitrary bytes.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private readonly CancellationTokenSource _deadline = new();
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    private RawClient()
    {
    }

    public static async Task<RawClient> ConnectAsync(int port)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(IPAddress.Loopback, port, client.Deadline());
        return client;
    }

    /// <returns><see langword="false"/> if the server has stopped reading.</returns>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, Deadline())..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async Task<RawAnswer?> ExchangeAsync(RawRequest request)
    {
        await SendAsync(request.ToBytes());
        return await ReadAsync(withoutBody: request.Method == "HEAD");
    }

    /// <returns>The next response; <see langword="null"/> if the connection ended before one was complete.</returns>
    public async Task<RawAnswer?> ReadAsync(bool withoutBody = false)
    {
        int headLength;
        while ((headLength = Received.IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await ReceiveAsync())
            {
                return null;
            }
        }

        var lines = Encoding.Latin1.GetString(Received[..headLength]).Split("\r\n");
        _start += headLength + 4;
        var headers = lines.Skip(1)
            .Select(line => line.Split(": ", 2))
            .Select(parts => new KeyValuePair<string, string>(parts[0], parts[1]))
            .ToList();
        var answer = new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, []);
        if (withoutBody || answer.Status < 200)
        {
            return answer;
        }

        if (answer["Transfer-Encoding"] is not null)
        {
            return await ReadChunksAsync(answer);
        }

        var length = int.Parse(answer["Content-Length"] ?? "0", CultureInfo.InvariantCulture);
        while (Received.Length < length)
        {
            if (!await ReceiveAsync())
            {
                return null;
            }
        }

        var body = Received[..length].ToArray();
        _start += length;
        return answer with { Body = body };
    }

    private async Task<RawAnswer?> ReadChunksAsync(RawAnswer answer)
    {
        using var body = new MemoryStream();
        while (true)
        {
            int lineLength;
            while ((lineLength = Received.IndexOf("\r\n"u8)) < 0)
            {
                if (!await ReceiveAsync())
                {
                    return null;
                }
            }

            var length = int.Parse(
                Encoding.ASCII.GetString(Received[..lineLength]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            while (Received.Length < lineLength + length + 4)
            {
                if (!await ReceiveAsync())
                {
                    return null;
                }
            }

            body.Write(Received.Slice(lineLength + 2, length));
            _start += lineLength + length + 4;
            if (length == 0)
            {
                return answer with { Body = body.ToArray() };
            }
        }
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Drops the connection with a reset, as a killed process or a lost network does.</summary>
    public void Abort()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _deadline.Dispose();
    }

    private ReadOnlySpan<byte> Received => _buffer.AsSpan(_start.._end);

    private CancellationToken Deadline()
    {
        _deadline.CancelAfter(Patience);
        return _deadline.Token;
    }

    private async ValueTask<bool> ReceiveAsync()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            var rest = Received.ToArray();
            if (rest.Length == _buffer.Length)
            {
                _buffer = new byte[_buffer.Length * 2];
            }

            rest.CopyTo(_buffer, 0);
            (_start, _end) = (0, rest.Length);
        }

        try
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, Deadline());
            _end += read;
            return read > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
