using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>Posts requests over keep-alive connections and waits for each response.</summary>
internal static class LoadClient
{
    /// <summary>
    /// Sends as much as the server accepts: each connection sends its next request after the last response.
    /// </summary>
    /// <param name="address">The server.</param>
    /// <param name="connections">The number of connections.</param>
    /// <param name="next">Returns the next request, or <see langword="null"/> to end.</param>
    /// <param name="time">How long to send.</param>
    public static async Task<Load> MeasureAsync(IPEndPoint address, int connections, Func<byte[]?> next, TimeSpan time)
    {
        var times = Enumerable.Range(0, connections).Select(_ => new List<double>()).ToArray();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(times.Select(async mine =>
        {
            using var socket = await ConnectAsync(address);
            var buffer = new byte[4096];
            // At least one each: on a busy machine, connecting may take longer than a short round.
            while (next() is { } request)
            {
                var start = Stopwatch.GetTimestamp();
                await SendAsync(socket, request, buffer);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (watch.Elapsed >= time)
                {
                    break;
                }
            }
        }));
        var elapsed = watch.Elapsed;
        double[] sorted = [.. times.SelectMany(mine => mine).Order()];
        return new Load(sorted.Length, elapsed, sorted);
    }

    /// <summary>Sends prepared requests until all are sent or the time is over.</summary>
    /// <returns>Requests answered with 200 per second.</returns>
    public static async Task<double> SaturateAsync(
        IPEndPoint address, int connections, IReadOnlyList<byte[]> requests, TimeSpan time) =>
        (await MeasureAsync(address, connections, Each(requests), time)).PerSecond;

    /// <summary>
    /// Sends on a fixed schedule: request n is due at n / rate, whether or not the one before was answered in time.
    /// </summary>
    /// <returns>The time from when each request was due to its response, in milliseconds.</returns>
    public static async Task<double[]> ScheduleAsync(
        IPEndPoint address, int connections, IReadOnlyList<byte[]> requests, double rate, Action<int>? answered = null)
    {
        var times = new double[requests.Count];
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var socket = await ConnectAsync(address);
            var buffer = new byte[4096];
            while (Interlocked.Increment(ref next) is var index && index < requests.Count)
            {
                var due = TimeSpan.FromSeconds(index / rate);
                if (due - watch.Elapsed is { Ticks: > 0 } wait)
                {
                    await Task.Delay(wait);
                }

                await SendAsync(socket, requests[index], buffer);
                times[index] = (watch.Elapsed - due).TotalMilliseconds;
                answered?.Invoke(index);
            }
        }));
        return times;
    }

    /// <summary>Returns a function that takes prepared requests in turn.</summary>
    public static Func<byte[]?> Each(IReadOnlyList<byte[]> requests)
    {
        var next = -1;
        return () => Interlocked.Increment(ref next) is var index && index < requests.Count ? requests[index] : null;
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return socket;
    }

    private static async Task SendAsync(Socket socket, byte[] request, byte[] buffer)
    {
        // A socket sends all bytes of a request, or less if its buffer is full.
        for (var sent = 0; sent < request.Length;)
        {
            sent += await socket.SendAsync(request.AsMemory(sent));
        }

        var length = 0;
        while (!IsComplete(buffer.AsSpan(0, length)))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new InvalidOperationException("The server closed the connection.");
            }

            length += read;
        }

        if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(
                $"The server did not answer with 200, but: {System.Text.Encoding.ASCII.GetString(buffer, 0, Math.Min(length, 200))}");
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> response)
    {
        var head = response.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var field = "Content-Length: "u8;
        var at = response[..head].IndexOf(field);
        return at < 0
            ? response[..head].IndexOf("chunked"u8) < 0 || response.EndsWith("0\r\n\r\n"u8)
            : Utf8Parser.TryParse(response[(at + field.Length)..], out int body, out _) && response.Length >= head + 4 + body;
    }
}
