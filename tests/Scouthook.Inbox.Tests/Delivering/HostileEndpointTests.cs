using System.Net.Sockets;
using System.Text;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

public sealed class HostileEndpointTests : IDisposable
{
    private const long Gigabyte = 1L << 30;

    // The bytes the kernel buffers in a connection that is not read.
    private const long Unread = 32L << 20;

    private static readonly byte[] Block = [.. Enumerable.Repeat((byte)'a', 64 * 1024)];

    private readonly WatchedTime _time = new();
    private readonly SenderSetup _setup;

    public HostileEndpointTests() => _setup = new SenderSetup(time: _time);

    public void Dispose() => _setup.Dispose();

    [Theory]
    [InlineData(200, AttemptOutcome.Delivered)]
    [InlineData(500, AttemptOutcome.Rejected)]
    internal async Task Of_a_gigabyte_only_the_first_4_KiB_are_read(int status, AttemptOutcome outcome)
    {
        await using var endpoint = RawEndpoint.Answering(async (it, stream, end) =>
        {
            await it.WriteAsync(stream, Head($"HTTP/1.1 {status} X\r\nContent-Length: {Gigabyte}"), end);
            await it.WriteAsync(stream, Block, Gigabyte, end);
        });

        var result = await _setup.SendAsync(endpoint.Url);
        await endpoint.Finished;

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(Block[..4096], result.ResponseBody);
        Assert.InRange(endpoint.Written, 0, Unread);
    }

    [Fact]
    public async Task Endless_chunks_are_abandoned_after_4_KiB()
    {
        await using var endpoint = RawEndpoint.Answering(async (it, stream, end) =>
        {
            await it.WriteAsync(stream, Head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked"), end);
            await it.WriteAsync(stream, [.. "10000\r\n"u8, .. Block, .. "\r\n"u8], Gigabyte, end);
        });

        var result = await _setup.SendAsync(endpoint.Url);
        await endpoint.Finished;

        Assert.Equal((AttemptOutcome.Delivered, 4096), (result.Outcome, result.ResponseBody!.Length));
        Assert.InRange(endpoint.Written, 0, Unread);
    }

    [Fact]
    public async Task Headers_of_10_MB_are_not_read()
    {
        await using var endpoint = RawEndpoint.Answering(async (it, stream, end) =>
        {
            await it.WriteAsync(stream, "HTTP/1.1 200 OK\r\nX-Large: "u8.ToArray(), end);
            await it.WriteAsync(stream, Block, 10_000_000, end);
        });

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal(AttemptOutcome.InvalidResponse, result.Outcome);
        Assert.Equal("The response headers of the endpoint are larger than 64 KB.", result.Error);
        Assert.Null(result.StatusCode);
    }

    [Fact]
    public async Task Response_headers_are_kept_up_to_8_KB()
    {
        var headers = string.Concat(Enumerable.Range(10, 90).Select(it => $"\r\nX-{it}: {new string('x', 500)}"));
        await using var endpoint = RawEndpoint.Answering(
            $"HTTP/1.1 200 OK{headers}\r\nX-Last: fits\r\nContent-Length: 0\r\n\r\n");

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal(AttemptOutcome.Delivered, result.Outcome);
        Assert.InRange(result.ResponseHeaders.Sum(it => it.Key.Length + it.Value.Length), 7_000, 8 * 1024);
        Assert.Contains(result.ResponseHeaders, it => it.Value == "fits");
    }

    [Fact]
    public async Task Timeout_covers_slow_headers()
    {
        var dripping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endpoint = RawEndpoint.Answering(async (it, stream, end) =>
        {
            await it.WriteAsync(stream, "HTTP/1.1 200 OK\r\nX-Slow: "u8.ToArray(), end);
            dripping.SetResult();
            await DripAsync(it, stream, end);
        });

        var sending = _setup.SendAsync(endpoint.Url);
        await dripping.Task.InTime();
        _time.Advance(SomeDelivery.Timeout);
        var result = await sending;

        Assert.Equal(AttemptOutcome.TimedOut, result.Outcome);
        Assert.Equal(
            "The endpoint did not respond within 00:00:15. It should respond first and process the event afterwards.", result.Error);
        await endpoint.Finished;
    }

    [Fact]
    public async Task Timeout_ends_a_slow_body_and_keeps_the_status()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endpoint = RawEndpoint.Answering(async (it, stream, end) =>
        {
            asked.SetResult();
            await answer.Task;
            await it.WriteAsync(stream, Head("HTTP/1.1 200 OK\r\nContent-Length: 1000000"), end);
            await DripAsync(it, stream, end);
        });

        var sending = _setup.SendAsync(endpoint.Url);
        await asked.Task.InTime();
        var answered = _time.NextLook();
        answer.SetResult();
        await answered;
        _time.Advance(SomeDelivery.Timeout);
        var result = await sending;

        Assert.Equal((AttemptOutcome.Delivered, 200), (result.Outcome, result.StatusCode));
        Assert.InRange(result.ResponseBody!.Length, 0, 4096);
        await endpoint.Finished;
    }

    [Fact]
    public async Task Timeout_also_works_with_the_system_clock()
    {
        using var setup = new SenderSetup(time: TimeProvider.System);
        await using var endpoint = RawEndpoint.Answering(DripAsync);

        var started = TimeProvider.System.GetTimestamp();
        var result = await setup.SendAsync(endpoint.Url, timeout: TimeSpan.FromMilliseconds(200));
        var elapsed = TimeProvider.System.GetElapsedTime(started);

        Assert.Equal(AttemptOutcome.TimedOut, result.Outcome);
        Assert.True(elapsed > TimeSpan.FromMilliseconds(150), $"it ended after {elapsed}");
    }

    [Fact]
    public async Task Truncated_body_is_kept_as_far_as_it_arrived()
    {
        await using var endpoint = RawEndpoint.Answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal(AttemptOutcome.Delivered, result.Outcome);
        Assert.Equal("only this", Encoding.ASCII.GetString(result.ResponseBody!));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("220 mail.example ESMTP\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0\r\n\r\n")]
    public async Task Response_that_is_not_HTTP_is_reported_as_such(string answer)
    {
        await using var endpoint = RawEndpoint.Answering(answer);

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal(AttemptOutcome.InvalidResponse, result.Outcome);
        Assert.Equal("The response of the endpoint is not valid HTTP.", result.Error);
    }

    [Fact]
    public async Task Reset_connection_is_reported_as_such()
    {
        await using var endpoint = RawEndpoint.Answering((_, stream, _) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Close();
            return Task.CompletedTask;
        });

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal(AttemptOutcome.ConnectionFailed, result.Outcome);
        Assert.Equal("The connection was reset before the endpoint responded.", result.Error);
    }

    [Fact]
    public async Task Connection_closed_without_a_response_is_reported_as_such()
    {
        await using var endpoint = RawEndpoint.Answering("");

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal(AttemptOutcome.ConnectionFailed, result.Outcome);
        Assert.Equal("The connection was closed before the endpoint responded.", result.Error);
    }

    [Fact]
    public async Task Refused_connection_is_reported_as_such()
    {
        Uri url;
        await using (var endpoint = RawEndpoint.Answering(""))
        {
            url = endpoint.Url;
        }

        var result = await _setup.SendAsync(url);

        Assert.Equal(AttemptOutcome.ConnectionFailed, result.Outcome);
        Assert.Equal("The connection was refused: nothing is listening at the endpoint's address and port.", result.Error);
    }

    private static byte[] Head(string head) => Encoding.ASCII.GetBytes($"{head}\r\n\r\n");

    /// <summary>Sends a byte at a time, for as long as the client waits.</summary>
    private static async Task DripAsync(RawEndpoint endpoint, NetworkStream stream, CancellationToken end)
    {
        while (true)
        {
            await endpoint.WriteAsync(stream, "a"u8.ToArray(), end);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, end);
        }
    }
}
