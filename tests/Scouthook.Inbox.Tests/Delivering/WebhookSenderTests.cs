using System.Diagnostics;
using System.Text.RegularExpressions;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Signing;

namespace Scouthook.Inbox.Tests.Delivering;

public sealed partial class WebhookSenderTests : IDisposable
{
    private readonly SenderSetup _setup = new();

    public void Dispose() => _setup.Dispose();

    [Fact]
    public async Task Delivery_sends_the_original_bytes_with_all_its_headers()
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();
        var lease = SomeDelivery.Lease();

        var result = await _setup.SendAsync(endpoint.Url, lease);

        Assert.Equal((AttemptOutcome.Delivered, 200, null), (result.Outcome, result.StatusCode, result.Error));
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal("POST /hook HTTP/1.1", request.Line);
        Assert.Equal(lease.Body, request.Body);
        Assert.Equal(
            [
                ("Content-Length", "28"),
                ("Content-Type", "application/json"),
                ("Host", endpoint.Url.Authority),
                ("User-Agent", request["User-Agent"]!),
                ("X-HelpScout-Event", "convo.created"),
                ("X-HelpScout-Signature", HelpScoutSignature.Sign(request.Body, SomeDelivery.StandardSecret)),
                ("X-Scouthook-Attempt", "3"),
                ("X-Scouthook-Delivery", "0195557f-3b2e-7a41-9d0c-000000000001"),
                ("X-Scouthook-Sequence", "42"),
                ("X-Scouthook-Source", "default"),
                ("traceparent", request["traceparent"]!),
                ("webhook-id", "0195557f-3b2e-7a41-9d0c-5f0e6a1b2c3d"),
                ("webhook-signature", SomeDelivery.Secrets().SignStandard(lease.Event.Id.ToString(), request.Body, Some.Instant)),
                ("webhook-timestamp", "1772445737"),
            ],
            request.Headers.Select(it => (it.Key, it.Value)).OrderBy(it => it.Key, StringComparer.Ordinal));
        Assert.Matches(@"^Scouthook/\d+\.\d+\.\d+$", request["User-Agent"]);
    }

    /// <remarks>
    /// A body received as gzip was once forwarded without the header, so it could not be decoded.
    /// </remarks>
    [Fact]
    public async Task Content_encoding_of_the_body_is_forwarded()
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();

        await _setup.SendAsync(endpoint.Url, SomeDelivery.Lease(
            body: [0x1F, 0x8B, 0x08], headers: """[["content-encoding","gzip"]]"""));

        var request = Assert.Single(endpoint.Requests);
        Assert.Equal("gzip", request["Content-Encoding"]);
        Assert.Equal([0x1F, 0x8B, 0x08], request.Body);
    }

    [Fact]
    public async Task Delivery_has_headers_for_its_special_cases()
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();
        var replay = Some.Id();
        var lease = SomeDelivery.Lease("convo.größe", "Zürich 2", state: EventState.Unreadable);

        await _setup.SendAsync(endpoint.Url, lease with
        {
            Replay = replay,
            Event = lease.Event with { IsPossibleRepeat = true, IsStale = true },
        });

        var request = Assert.Single(endpoint.Requests);
        Assert.Equal(
            ["convo.gr%C3%B6%C3%9Fe", "Z%C3%BCrich%202", replay.ToString(), "possible", "true", "unreadable"],
            [
                request["X-HelpScout-Event"], request["X-Scouthook-Source"], request["X-Scouthook-Replay"],
                request["X-Scouthook-Repeat"], request["X-Scouthook-Stale"], request["X-Scouthook-State"],
            ]);
    }

    [Fact]
    public async Task Event_without_a_name_or_a_body_is_sent_without_them()
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();

        await _setup.SendAsync(endpoint.Url, SomeDelivery.Lease("", body: []));

        var request = Assert.Single(endpoint.Requests);
        Assert.Null(request["X-HelpScout-Event"]);
        Assert.Empty(request.Body);
        Assert.Equal("0", request["Content-Length"]);
    }

    [Fact]
    public async Task Deliveries_of_one_event_share_a_trace()
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();

        await _setup.SendAsync(endpoint.Url);
        await _setup.SendAsync(endpoint.Url, SomeDelivery.Lease() with { DeliveryId = Some.Id() });

        var traces = endpoint.Requests.Select(it => TraceParent().Match(it["traceparent"]!).Groups).ToList();
        Assert.All(traces, it => Assert.Equal("0195557f3b2e7a419d0c5f0e6a1b2c3d", it["trace"].Value));
        Assert.NotEqual(traces[0]["span"].Value, traces[1]["span"].Value);
        Assert.All(traces, it => Assert.Equal("01", it["flags"].Value));
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, "01")]
    [InlineData(ActivityTraceFlags.None, "00")]
    public async Task Endpoint_continues_the_activity_of_the_attempt(ActivityTraceFlags flags, string expected)
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();
        using var activity = new Activity("attempt") { ActivityTraceFlags = flags };
        activity.SetIdFormat(ActivityIdFormat.W3C).AddBaggage("customer", "4711").Start();

        await _setup.SendAsync(endpoint.Url);

        var request = Assert.Single(endpoint.Requests);
        Assert.Equal($"00-{activity.TraceId}-{activity.SpanId}-{expected}", request["traceparent"]);
        Assert.DoesNotContain(request.Headers, it => it.Value.Contains("4711", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, AttemptOutcome.Delivered, null)]
    [InlineData(204, AttemptOutcome.Delivered, null)]
    [InlineData(299, AttemptOutcome.Delivered, null)]
    [InlineData(302, AttemptOutcome.Rejected, "The endpoint responded with 302. Redirects are not followed; use the target URL.")]
    [InlineData(304, AttemptOutcome.Rejected, "The endpoint responded with 304. Redirects are not followed; use the target URL.")]
    [InlineData(400, AttemptOutcome.Rejected, "The endpoint responded with 400.")]
    [InlineData(401, AttemptOutcome.Rejected, "The endpoint responded with 401.")]
    [InlineData(407, AttemptOutcome.Rejected, "The endpoint responded with 407.")]
    [InlineData(410, AttemptOutcome.Gone, "The endpoint responded with 410, so it wants no more deliveries.")]
    [InlineData(503, AttemptOutcome.Rejected, "The endpoint responded with 503.")]
    [InlineData(999, AttemptOutcome.Rejected, "The endpoint responded with 999.")]
    internal async Task Status_decides_the_outcome(int status, AttemptOutcome outcome, string? error)
    {
        await using var endpoint = await RecordingEndpoint.StartAsync(response => response.StatusCode = status);

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal((outcome, status, error), (result.Outcome, result.StatusCode, result.Error));
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Response_is_stored_without_cookies()
    {
        await using var endpoint = RawEndpoint.Answering(
            "HTTP/1.1 500 No\r\nX-One: a\r\nX-Two: 1\r\nX-Two: 2\r\nSet-Cookie: session=1\r\nContent-Type: text/plain\r\n"
            + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nsorry");

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal("sorry"u8.ToArray(), result.ResponseBody);
        Assert.Equal(
            ["X-One: a", "X-Two: 1", "X-Two: 2", "Content-Type: text/plain", "Content-Encoding: gzip", "Content-Length: 5"],
            result.ResponseHeaders.Select(it => $"{it.Key}: {it.Value}"));
    }

    [Theory]
    [InlineData(503, "120", 120)]
    [InlineData(429, "Mon, 02 Mar 2026 10:03:17 GMT", 60)]
    [InlineData(500, "soon", null)]
    [InlineData(500, "-5", null)]
    [InlineData(200, "120", null)]
    [InlineData(410, "120", null)]
    public async Task Retry_After_of_a_rejection_is_read(int status, string text, int? seconds)
    {
        await using var endpoint = RawEndpoint.Answering(
            $"HTTP/1.1 {status} X\r\nRetry-After: {text}\r\nContent-Length: 0\r\n\r\n");

        var result = await _setup.SendAsync(endpoint.Url);

        Assert.Equal(seconds is { } some ? TimeSpan.FromSeconds(some) : null, result.RetryAfter);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:70/x")]
    [InlineData("/relative")]
    public async Task Only_HTTP_URLs_are_allowed(string url)
    {
        var result = await _setup.SendAsync(new Uri(url, UriKind.RelativeOrAbsolute));

        Assert.Equal(AttemptOutcome.ConnectionFailed, result.Outcome);
        Assert.Equal("The endpoint's URL must begin with http:// or https://.", result.Error);
    }

    [Fact]
    public async Task Connections_are_reused_between_deliveries()
    {
        var connections = new HashSet<string>();
        await using var endpoint = await RecordingEndpoint.StartAsync(
            response => connections.Add(response.HttpContext.Connection.Id));

        for (var count = 0; count < 5; count++)
        {
            await _setup.SendAsync(endpoint.Url);
        }

        Assert.Single(connections);
    }

    [Fact]
    public async Task Attempts_to_one_endpoint_run_concurrently()
    {
        const int attempts = 20;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endpoint = RawEndpoint.Answering(async (it, stream, end) =>
        {
            if (it.Connections == attempts)
            {
                all.TrySetResult();
            }

            await all.Task.WaitAsync(end);
            await it.WriteAsync(stream, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), end);
        });

        var results = await Task.WhenAll(Enumerable.Range(0, attempts).Select(_ => _setup.SendAsync(endpoint.Url)));

        Assert.All(results, it => Assert.Equal(AttemptOutcome.Delivered, it.Outcome));
    }

    [Fact]
    public async Task Shutdown_aborts_an_attempt()
    {
        using var shutdown = new CancellationTokenSource();
        await using var endpoint = RawEndpoint.Answering((_, _, end) => shutdown.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _setup.SendAsync(endpoint.Url, shutdown.Token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _setup.SendAsync(endpoint.Url, shutdown.Token));
    }

    [GeneratedRegex("^00-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})$")]
    private static partial Regex TraceParent();
}
