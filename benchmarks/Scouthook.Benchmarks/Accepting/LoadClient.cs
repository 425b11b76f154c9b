using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>Posts prepared requests over keep-alive connections and waits for each answer.</summary>
internal static class LoadClient
{
    /// <summary>
    /// Sends as much as the gateway accepts: each connection sends its next request after the last response.
    /// </summary>
    /// <returns>Requests answered with 200 per second.</returns>
    public static async Task<double> SaturateAsync(
        IPEndPoint address, int connections, IReadOnlyList<byte[]> requests, TimeSpan time)
    {
        var next = -1;
        var answered = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var socket = await ConnectAsync(address);
            var buffer = new byte[4096];
            while (watch.Elapsed < time)
            {
                var index = Interlocked.Increment(ref next);
                if (index >= requests.Count)
                {
                    break;
                }

                await SendAsync(socket, requests[index], buffer);
                Interlocked.Increment(ref answered);
            }
        }));
        return answered / watch.Elapsed.TotalSeconds;
    }

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

    private static async Task<Socket> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return socket;
    }

    private static async Task SendAsync(Socket socket, byte[] request, byte[] buffer)
    {
        await socket.SendAsync(request);
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new InvalidOperationException("The gateway closed the connection.");
            }

            length += read;
        }

        if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException("The gateway did not answer with 200.");
        }
    }
}
