using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Parsing;
using Scouthook.Signing;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Sending;

public sealed class HelpScoutSenderTests
{
    private static readonly SigningSecret Secret = new("scouthook-test-secret-0001");

    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.Accepted, true)]
    [InlineData(HttpStatusCode.Found, false)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    public async Task Only_a_2xx_response_accepts_the_event(HttpStatusCode statusCode, bool isAccepted)
    {
        using var client = Client((_, _) => Task.FromResult(statusCode));
        using var sender = new HelpScoutSender(client, "/webhook", Secret);

        var result = await sender.SendAsync(SampleEvents.Get("convo.created"), Cancellation);

        Assert.Equal((isAccepted, statusCode, null), (result.IsAccepted, result.StatusCode, result.Failure));
        Assert.Equal($"convo.created: {(int)statusCode}", result.ToString());
    }

    [Fact]
    public async Task Event_is_signed_with_the_secret()
    {
        HttpRequestMessage? sent = null;
        using var client = Client((request, _) =>
        {
            sent = request;
            return Task.FromResult(HttpStatusCode.OK);
        });
        using var sender = new HelpScoutSender(client, "/webhook", Secret);

        await sender.SendAsync(SampleEvents.Get("convo.created"), Cancellation);

        Assert.Equal(
            [HelpScoutSignature.Sign(SampleEvents.Get("convo.created").Body.Span, Secret)],
            sent!.Headers.GetValues(HelpScoutHeaders.Signature));
    }

    [Theory]
    [InlineData("not-the-signature")]
    [InlineData(null)]
    public async Task Signature_given_as_text_is_sent_unchanged(string? signature)
    {
        HttpRequestMessage? sent = null;
        using var client = Client((request, _) =>
        {
            sent = request;
            return Task.FromResult(HttpStatusCode.Unauthorized);
        });
        using var sender = new HelpScoutSender(client, "/webhook", Secret);

        var result = await sender.SendWithSignatureAsync(SampleEvents.Get("convo.created"), signature, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, result.StatusCode);
        Assert.Equal(
            signature, sent!.Headers.TryGetValues(HelpScoutHeaders.Signature, out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task Refused_connection_is_a_result_not_an_exception()
    {
        // Bound but never listening: the port is reserved, and connections to it are refused.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var sender = new HelpScoutSender(new Uri($"http://{socket.LocalEndPoint}/webhook"), Secret);

        var result = await sender.SendAsync(SampleEvents.Get("convo.created"), Cancellation);

        Assert.Equal((false, null, SendFailure.ConnectionRefused), (result.IsAccepted, result.StatusCode, result.Failure));
        Assert.Equal("convo.created: ConnectionRefused", result.ToString());
    }

    [Fact]
    public async Task Timeout_is_a_result_not_an_exception()
    {
        using var client = Client((_, _) => throw new TaskCanceledException("The time limit of the client passed."));
        using var sender = new HelpScoutSender(client, "/webhook", Secret);

        var result = await sender.SendAsync(SampleEvents.Get("convo.created"), Cancellation);

        Assert.Equal(SendFailure.TimedOut, result.Failure);
    }

    [Fact]
    public async Task Canceled_token_throws()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var client = Client(async (_, cancellationToken) =>
        {
            await stopping.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return HttpStatusCode.OK;
        });
        using var sender = new HelpScoutSender(client, "/webhook", Secret);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendAsync(SampleEvents.Get("convo.created"), stopping.Token));
    }

    [Fact]
    public async Task Without_a_rate_each_event_waits_for_the_previous_response()
    {
        var responses = new Queue<TaskCompletionSource<HttpStatusCode>>([new(), new()]);
        var pending = responses.ToList();
        using var network = new FakeNetwork((_, _) => responses.Dequeue().Task);
        using var sender = new HelpScoutSender(Client(network), "/webhook", Secret);

        var sending = ResultsAsync(sender.SendAllAsync([SampleEvents.Get("tag.created"), SampleEvents.Get("tag.deleted")], null, Cancellation));
        Assert.Equal("tag.created", await network.Arrivals.ReadAsync(Cancellation));
        Assert.False(network.Arrivals.TryRead(out _));
        pending[0].SetResult(HttpStatusCode.OK);
        Assert.Equal("tag.deleted", await network.Arrivals.ReadAsync(Cancellation));
        pending[1].SetResult(HttpStatusCode.InternalServerError);

        Assert.Equal(["tag.created: 200", "tag.deleted: 500"], (await sending).Select(result => result.ToString()));
    }

    [Fact]
    public async Task Rate_spaces_the_events_evenly()
    {
        using var network = new FakeNetwork((_, _) => Task.FromResult(HttpStatusCode.OK));
        using var sender = new HelpScoutSender(Client(network), "/webhook", Secret) { TimeProvider = _clock };

        var sending = ResultsAsync(sender.SendAllAsync(Repeat(3), eventsPerSecond: 10, Cancellation));

        await network.Arrivals.ReadAsync(Cancellation);
        for (var sent = 1; sent < 3; sent++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(99));
            Assert.False(network.Arrivals.TryRead(out _));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await network.Arrivals.ReadAsync(Cancellation);
        }

        Assert.Equal(3, (await sending).Count);
    }

    [Fact]
    public async Task Slow_responses_do_not_lower_the_rate()
    {
        var release = new TaskCompletionSource<HttpStatusCode>();
        using var network = new FakeNetwork((_, _) => release.Task);
        using var sender = new HelpScoutSender(Client(network), "/webhook", Secret) { TimeProvider = _clock };

        var sending = ResultsAsync(sender.SendAllAsync(Repeat(3), eventsPerSecond: 1, Cancellation));
        await network.Arrivals.ReadAsync(Cancellation);
        for (var sent = 1; sent < 3; sent++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await network.Arrivals.ReadAsync(Cancellation);
        }

        Assert.False(sending.IsCompleted);
        release.SetResult(HttpStatusCode.OK);
        Assert.Equal(3, (await sending).Count(result => result.IsAccepted));
    }

    [Fact]
    public async Task Stopping_returns_the_results_so_far()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var network = new FakeNetwork((_, _) => Task.FromResult(HttpStatusCode.OK));
        using var sender = new HelpScoutSender(Client(network), "/webhook", Secret) { TimeProvider = _clock };
        var results = new List<SendResult>();

        await using var sending = sender.SendAllAsync(Repeat(3), eventsPerSecond: 1, stopping.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        results.Add(await sending.MoveNextAsync() ? sending.Current : throw new InvalidOperationException());
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending.MoveNextAsync());
        Assert.Equal(["tag.deleted: 200"], results.Select(result => result.ToString()));
    }

    [Fact]
    public async Task Abandoning_the_results_early_stops_sending()
    {
        using var network = new FakeNetwork((_, _) => Task.FromResult(HttpStatusCode.OK));
        using var sender = new HelpScoutSender(Client(network), "/webhook", Secret) { TimeProvider = _clock };

        await foreach (var result in sender.SendAllAsync(Repeat(1_000), eventsPerSecond: 1, Cancellation))
        {
            break;
        }

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True(network.Arrivals.TryRead(out _));
        Assert.False(network.Arrivals.TryRead(out _));
    }

    private static IEnumerable<OutgoingEvent> Repeat(int count) => Enumerable.Repeat(SampleEvents.Get("tag.deleted"), count);

    private static HttpClient Client(Func<HttpRequestMessage, CancellationToken, Task<HttpStatusCode>> answer) =>
        Client(new FakeNetwork(answer));

    private static HttpClient Client(FakeNetwork network) => new(network) { BaseAddress = new Uri("http://localhost") };

    private static async Task<List<SendResult>> ResultsAsync(IAsyncEnumerable<SendResult> results)
    {
        var all = new List<SendResult>();
        await foreach (var result in results)
        {
            all.Add(result);
        }

        return all;
    }
}
