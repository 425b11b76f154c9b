using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;
using Scouthook.Handling;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>
/// Requests that no HTTP library would send. After each, the app must still work and have logged no error.
/// </summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task Slow_sender_is_disconnected()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Kestrel = kestrel =>
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(10_000, TimeSpan.FromMilliseconds(1_100)));
        using var client = await app.ConnectAsync();
        var request = Some.Request(Some.Bytes(100_000));

        await client.SendAsync(request.Head());
        var answering = client.ReadAsync();
        for (var sent = 0; sent < request.Body.Length && !answering.IsCompleted; sent++)
        {
            await client.SendAsync(request.Body.AsMemory(sent, 1));
            await Eventually.PauseAsync();
        }

        Assert.Equal(408, (await answering)!.Status);
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Content_length_that_is_too_small_ends_the_body_there()
    {
        await using var app = await TestApp.StartAsync();
        using var refused = await app.ConnectAsync();
        using var accepted = await app.ConnectAsync();
        var signedWhole = Some.Request();
        signedWhole.Announced = 10;
        var signedPart = Some.Request().Signed(Some.Signature(Some.Body.AsSpan(0, 10)));
        signedPart.Announced = 10;
        signedWhole.Body = signedPart.Body = [.. Some.Body, .. "\r\n\r\n"u8];

        Assert.Equal(401, (await refused.ExchangeAsync(signedWhole))!.Status);
        Assert.Equal(400, (await refused.ReadAsync())!.Status);
        Assert.Equal(200, (await accepted.ExchangeAsync(signedPart))!.Status);
        Assert.Equal(400, (await accepted.ReadAsync())!.Status);
        Assert.Equal(Some.Body[..10], Assert.Single(app.Seen).Body.ToArray());
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Content_length_beyond_the_end_of_the_request_is_a_bad_request()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.ConnectAsync();
        var request = Some.Request();
        request.Announced = Some.Body.Length + 1;

        await client.SendAsync(request.ToBytes());
        client.EndSending();

        Assert.Equal(400, (await client.ReadAsync())?.Status ?? 400);
        Assert.Empty(app.Seen);
        await AssertUnharmedAsync(app);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    [InlineData("1, 2")]
    public async Task Content_length_that_is_not_a_number_is_a_bad_request(string length)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.ConnectAsync();

        await client.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n"));

        Assert.Equal(400, (await client.ReadAsync())!.Status);
        await AssertUnharmedAsync(app);
    }

    [Theory]
    [InlineData("ZZ\r\nabc\r\n")]
    [InlineData("-1\r\nabc\r\n")]
    [InlineData("3\r\nabcdef\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("\r\n\r\n")]
    public async Task Malformed_chunk_is_a_bad_request(string chunk)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.ConnectAsync();
        var request = Some.Request();
        request.ChunkSize = 1;

        await client.SendAsync(request.Head());
        await client.SendAsync(Encoding.ASCII.GetBytes(chunk));

        Assert.Equal(400, (await client.ReadAsync())!.Status);
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Chunked_body_is_accepted_with_any_chunk_size()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var size in (int[])[1, 3, 100])
        {
            var request = Some.Request();
            request.ChunkSize = size;
            Assert.Equal(200, await app.StatusAsync(request));
        }

        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task A_thousand_headers_are_too_many()
    {
        await using var app = await TestApp.StartAsync();
        var request = Some.Request();
        for (var index = 0; index < 1_000; index++)
        {
            request.With($"X-Header-{index}", "value");
        }

        Assert.Equal(431, await app.StatusAsync(request));
        await AssertUnharmedAsync(app);
    }

    [Theory]
    [InlineData("X-HelpScout-Event", new byte[] { 0xff, 0xfe })]
    [InlineData("X-HelpScout-Event", new byte[] { (byte)'a', 0, (byte)'b' })]
    [InlineData("X-HelpScout-Event", new byte[] { 0xc3 })]
    [InlineData("X-Other", new byte[] { 0xed, 0xa0, 0x80 })]
    public async Task Invalid_bytes_in_headers_are_a_bad_request(string name, byte[] value)
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal(400, await app.StatusAsync(Some.Request(eventName: null).With(name, value)));
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Body_nested_ten_thousand_levels_is_accepted_as_unreadable()
    {
        await using var app = await TestApp.StartAsync();
        var deep = Encoding.ASCII.GetBytes(
            """{"id":1,"name":""" + new string('[', 10_000) + new string(']', 10_000) + "}");

        foreach (var name in Samples.Names.Append("helpscout.test"))
        {
            Assert.Equal(200, await app.StatusAsync(Some.Request(deep, name)));
        }

        Assert.All(app.Seen, seenEvent => Assert.IsType<UnreadableEvent>(seenEvent));
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Binary_body_is_accepted_as_unreadable()
    {
        await using var app = await TestApp.StartAsync();
        byte[] body = [.. "{\"id\":1,\"name\":\""u8, 0xff, 0xc3, 0x28, .. "\"}"u8];

        Assert.Equal(200, await app.StatusAsync(Some.Request(body)));

        Assert.Equal(body, Assert.IsType<UnreadableEvent>(Assert.Single(app.Seen)).Body.ToArray());
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Two_signatures_are_rejected_even_if_both_are_valid()
    {
        await using var app = await TestApp.StartAsync();
        var request = Some.Request().With("X-HelpScout-Signature", Some.Signature(Some.Body));

        Assert.Equal(401, await app.StatusAsync(request));
        Assert.Empty(app.Seen);
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Empty_or_incomplete_request_lines_are_handled()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var start in (string[])["", "P", "POST /webhook HTTP/1.1\r\n", "POST /webhook HTTP/1.1\r\nHost: a\r\n"])
        {
            using var ended = await app.ConnectAsync();
            await ended.SendAsync(Encoding.ASCII.GetBytes(start));
            ended.EndSending();
            using var aborted = await app.ConnectAsync();
            await aborted.SendAsync(Encoding.ASCII.GetBytes(start));
            aborted.Abort();
        }

        foreach (var junk in (string[])["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "\u0016\u0003\u0001 TLS\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"])
        {
            using var client = await app.ConnectAsync();
            await client.SendAsync(Encoding.ASCII.GetBytes(junk));
            Assert.NotEqual(200, (await client.ReadAsync())?.Status);
        }

        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Close_or_reset_within_the_body_is_no_error_and_nothing_is_received()
    {
        await using var app = await TestApp.StartAsync();
        for (var round = 0; round < 50; round++)
        {
            using var ended = await app.ConnectAsync();
            await ended.SendAsync(Some.Request().ToBytes().AsMemory()[..^5]);
            ended.EndSending();
            using var aborted = await app.ConnectAsync();
            await aborted.SendAsync(Some.Request().ToBytes().AsMemory()[..^5]);
            aborted.Abort();
        }

        using var known = await app.ConnectAsync();
        var request = Some.Request().With("Expect", "100-continue");
        await known.SendAsync(request.Head());
        Assert.Equal(100, (await known.ReadAsync())!.Status);
        await known.SendAsync(request.Body.AsMemory(5));
        known.Abort();

        await Eventually.TrueAsync(() => app.Logs.Has(1004), "the reset was detected");
        Assert.Empty(app.Seen);
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Close_or_reset_right_after_the_last_byte_is_no_error()
    {
        await using var app = await TestApp.StartAsync();
        for (var round = 0; round < 50; round++)
        {
            using var ended = await app.ConnectAsync();
            await ended.SendAsync(Some.Request().ToBytes());
            ended.EndSending();
            using var aborted = await app.ConnectAsync();
            await aborted.SendAsync(Some.Request().ToBytes());
            aborted.Abort();
        }

        // Kestrel treats either as an abort, and whether it comes before or after the event was received is a race.
        await AssertUnharmedAsync(app);
        Assert.All(app.Seen, seenEvent => Assert.Equal(Some.Body, seenEvent.Body.ToArray()));
    }

    [Fact]
    public async Task Receiver_is_canceled_when_the_sender_disconnects()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(setup => setup.Scouthook = scouthook =>
            scouthook.Services.AddSingleton<IWebhookReceiver>(new FakeReceiver(async (webhook, token) =>
            {
                if (webhook.EventName == "slow")
                {
                    started.TrySetResult();
                    await using var _ = token.Register(cancelled.SetResult);
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                }

                return ReceiveOutcome.Kept;
            })));
        using var client = await app.ConnectAsync();
        await client.SendAsync(Some.Request(eventName: "slow").ToBytes());
        await started.Task;

        client.Abort();

        await Eventually.TrueAsync(() => cancelled.Task.IsCompleted, "the receiver was canceled");
        await Eventually.TrueAsync(() => app.Logs.Has(1004), "the abort was detected");
        await AssertUnharmedAsync(app);
    }

    [Fact]
    public async Task Aborting_clients_never_affect_the_bytes_of_others()
    {
        var bodies = Enumerable.Range(0, 64).ToDictionary(index => $"good.{index}", index => Some.Bytes(100 + (index * 2_000), index));
        var hashes = new ConcurrentDictionary<string, string>();
        var changed = 0;
        await using var app = await TestApp.StartAsync(setup => setup.Scouthook = scouthook =>
            scouthook.Services.AddSingleton<IWebhookReceiver>(new FakeReceiver(async (webhook, _) =>
            {
                var before = Convert.ToHexString(SHA256.HashData(webhook.Body.Span));
                for (var pause = 0; pause < 3; pause++)
                {
                    await Eventually.PauseAsync();
                    if (Convert.ToHexString(SHA256.HashData(webhook.Body.Span)) != before)
                    {
                        Interlocked.Increment(ref changed);
                    }
                }

                hashes[webhook.EventName] = before;
                return ReceiveOutcome.Kept;
            })));

        var aborting = Enumerable.Range(0, 64).Select(async index =>
        {
            using var client = await app.ConnectAsync();
            var bytes = Some.Request(Some.Bytes(100 + (index * 2_000), 1_000 + index), $"bad.{index}").ToBytes();
            await client.SendAsync(bytes.AsMemory(0, index % 4 == 0 ? bytes.Length : bytes.Length - 1 - index));
            client.Abort();
        });
        var good = bodies.Select(async entry =>
        {
            using var client = await app.ConnectAsync();
            return (await client.ExchangeAsync(Some.Request(entry.Value, entry.Key)))?.Status;
        }).ToList();
        await Task.WhenAll(aborting);
        var statuses = await Task.WhenAll(good);

        Assert.All(statuses, status => Assert.Equal(200, status));
        Assert.All(bodies, entry => Assert.Equal(Convert.ToHexString(SHA256.HashData(entry.Value)), hashes[entry.Key]));
        Assert.Equal(0, changed);
        await AssertUnharmedAsync(app);
    }

    private static async Task AssertUnharmedAsync(TestApp app)
    {
        await app.AssertStillReceivesAsync();

        // Stopping waits for running requests, which may still log something.
        await app.DisposeAsync();
        Assert.Empty(app.Logs.Errors);
    }
}
