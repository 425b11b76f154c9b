using System.Text;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>Endpoints with invalid or hostile responses.</summary>
public sealed class HostileEndpointTests : IDisposable
{
    private const long Gigabyte = 1L << 30;

    // The bytes the kernel buffers in a connection that is not read.
    private const long Unread = 32L << 20;

    private static readonly byte[] Block = [.. Enumerable.Repeat((byte)'a', 64 * 1024)];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gigabyte_slow_and_huge_header_responses_cost_little_are_reported_and_lose_nothing()
    {
        await using var failing = new HostileEndpoint((it, end) => GigabyteAsync(it, "500 X", end));
        await using var taking = new HostileEndpoint((it, end) => GigabyteAsync(it, "200 OK", end));
        await using var dripping = new HostileEndpoint(DripAsync);
        await using var huge = new HostileEndpoint((it, end) => HeadersAsync(it, end));
        await using var later = new HostileEndpoint(
            "HTTP/1.1 503 X\r\nRetry-After: soon, or \xe9ventually\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 3)
                .To("failing", failing.Url).To("taking", taking.Url).To("dripping", dripping.Url, ("Timeout", "1s"))
                .To("huge", huge.Url).To("later", later.Url));
        var before = await gateway.PeakMegabytesAsync();

        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);

        AssertAttempt(await DeliveredAsync(gateway, "failing", 2), "rejected", 500, new string('a', 4096));
        AssertAttempt(await DeliveredAsync(gateway, "taking", 1), "delivered", 200, new string('a', 4096));
        var timedOut = AssertAttempt(await DeliveredAsync(gateway, "dripping", 2), "timedOut", null, null);
        Assert.Contains("did not respond within 00:00:01", (string?)timedOut["error"], StringComparison.Ordinal);
        Assert.True((double)timedOut["durationMs"]! > 900, "it had its time");
        var tooLarge = AssertAttempt(await DeliveredAsync(gateway, "huge", 2), "invalidResponse", null, null);
        Assert.Equal("The response headers of the endpoint are larger than 64 KB.", (string?)tooLarge["error"]);
        var unclear = await DeliveredAsync(gateway, "later", 2);
        AssertAttempt(unclear, "rejected", 503, "no");
        Assert.Contains("soon", unclear["attemptList"]![0]!["responseHeaders"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.InRange(Between(unclear), 0.7, 15);
        Assert.All([failing, taking, huge], endpoint => Assert.InRange(endpoint.Written, 1, Unread));
        Assert.InRange(await gateway.PeakMegabytesAsync() - before, 0, 60);
    }

    [Fact]
    public async Task Non_ASCII_event_name_is_sent_encoded_and_shown_as_received()
    {
        const string name = "gästebuch.größer";
        await using var sink = await Sink.StartAsync();
        await using var gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("sink", sink["sink"]));
        var sent = new SentEvent(name, Some.Event(1).Body);

        Assert.Equal(200, (await gateway.PostAsync(sent)).Status);
        await Eventually.TrueAsync(() => sink["sink"].TakenCount == 1, "the event arrives");

        var arrival = Assert.Single(sink["sink"].Arrivals);
        Assert.Equal(name, Uri.UnescapeDataString(arrival.Headers["X-HelpScout-Event"]));
        Assert.DoesNotContain(arrival.Headers["X-HelpScout-Event"], it => it > '~');
        Assert.Equal("unknown", arrival.Headers["X-Scouthook-State"]);
        Assert.Equal(sent.Hash, arrival.Hash);
        Assert.True(arrival.IsSigned);
        Assert.Equal(name, (string?)Assert.Single(await gateway.Client.EventsAsync())["type"]);
    }

    private static async Task<JsonNode> DeliveredAsync(GatewayProcess gateway, string endpoint, int attempts)
    {
        var delivery = await gateway.Client.DeliveryAsync(endpoint, "delivered");
        Assert.Equal(attempts, (int)delivery["attempts"]!);
        Assert.Equal(attempts, delivery["attemptList"]!.AsArray().Count);
        return delivery;
    }

    private static JsonNode AssertAttempt(JsonNode delivery, string outcome, int? status, string? body)
    {
        var first = delivery["attemptList"]![0]!;
        Assert.Equal((outcome, status, body), ((string?)first["outcome"], (int?)first["statusCode"], (string?)first["responseBody"]));
        return first;
    }

    /// <summary>Returns the seconds between the first two attempts.</summary>
    private static double Between(JsonNode delivery) =>
        ((DateTimeOffset)delivery["attemptList"]![1]!["startedAt"]! - (DateTimeOffset)delivery["attemptList"]![0]!["startedAt"]!)
        .TotalSeconds;

    private static async Task GigabyteAsync(HostileEndpoint endpoint, string status, CancellationToken end)
    {
        await endpoint.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {Gigabyte}\r\n\r\n"), end);
        await BlocksAsync(endpoint, Gigabyte, end);
    }

    private static async Task HeadersAsync(HostileEndpoint endpoint, CancellationToken end)
    {
        await endpoint.WriteAsync("HTTP/1.1 200 OK\r\nX-Large: "u8.ToArray(), end);
        await BlocksAsync(endpoint, 10_000_000, end);
        await endpoint.WriteAsync("\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), end);
    }

    private static async Task DripAsync(HostileEndpoint endpoint, CancellationToken end)
    {
        foreach (var letter in "HTTP/1.1 200 OK\r\nX-Slow: " + new string('s', 1_000))
        {
            await endpoint.WriteAsync(new[] { (byte)letter }, end);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, end);
        }
    }

    private static async Task BlocksAsync(HostileEndpoint endpoint, long total, CancellationToken end)
    {
        for (long sent = 0; sent < total; sent += Block.Length)
        {
            await endpoint.WriteAsync(Block, end);
        }
    }
}
