using System.Text;
using Scouthook.Testing;

namespace Scouthook.Gateway.Tests.Receiving;

/// <summary>The response to each kind of request, and what is stored.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private HostedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await HostedGateway.StartAsync(
        new GatewaySetup { Folder = _folder.Path }.With("Scouthook:Receiver:MaxBodyBytes", 100_000));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_event_of_the_catalogue_is_stored_byte_for_byte()
    {
        var events = new EventGenerator(seed: 1).NextOfEach().Select(SentEvent.From).ToList();

        foreach (var sent in events)
        {
            Assert.Equal(200, (await _gateway.PostAsync(sent)).Status);
        }

        var stored = await _gateway.Client.EventsAsync();
        Assert.Equal(events.Select(sent => sent.Name).Reverse(), stored.Select(item => (string?)item["type"]));
        foreach (var (sent, item) in events.AsEnumerable().Reverse().Zip(stored))
        {
            Assert.Equal("ok", (string?)item["state"]);
            Assert.Equal(sent.Body, await _gateway.Client.BodyAsync(item));
        }
    }

    [Fact]
    public async Task Repeat_returns_200_and_is_counted_on_the_stored_event()
    {
        var sent = Some.Event(1);

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(200, (await _gateway.PostAsync(sent)).Status);
        }

        var item = Assert.Single(await _gateway.Client.EventsAsync());
        Assert.Equal(2, (int)item["repeats"]!);
        Assert.EndsWith("Z", (string?)item["lastRepeatAt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_with_a_name_outside_the_catalogue_is_stored_as_unknown()
    {
        foreach (var (index, name) in new[] { "helpscout.test", "convo.not.yet.known", "" }.Index())
        {
            var sent = new SentEvent(name, Encoding.UTF8.GetBytes($"{{\"id\":{index}}}"));

            Assert.Equal(200, (await _gateway.PostAsync(sent)).Status);

            var item = (await _gateway.Client.EventsAsync())[0];
            Assert.Equal("unknown", (string?)item["state"]);
            Assert.Equal(name, (string?)item["type"]);
            Assert.Equal(sent.Body, await _gateway.Client.BodyAsync(item));
        }

        Assert.Equal(3, (await _gateway.Client.EventsAsync("state=unknown")).Count);
    }

    [Fact]
    public async Task Unreadable_body_is_stored_with_the_reason()
    {
        string[] bodies = ["not json at all", "", "{\"id\":\"text\"}", "[1,2]", "{\"id\":1"];
        foreach (var body in bodies)
        {
            var sent = new SentEvent("convo.created", Encoding.UTF8.GetBytes(body));

            Assert.Equal(200, (await _gateway.PostAsync(sent)).Status);

            var item = (await _gateway.Client.EventsAsync())[0];
            Assert.Equal("unreadable", (string?)item["state"]);
            Assert.NotEqual("", (string?)item["stateReason"] ?? "");
            Assert.Equal(sent.Body, await _gateway.Client.BodyAsync(item));
        }

        Assert.Equal(bodies.Length, (await _gateway.Client.EventsAsync("state=unreadable")).Count);
    }

    [Fact]
    public async Task Binary_body_is_returned_byte_for_byte()
    {
        var body = Enumerable.Range(0, 512).Select(number => (byte)number).ToArray();

        var answer = await _gateway.PostAsync(new SentEvent("tag.created", body));

        Assert.Equal(200, answer.Status);
        Assert.Equal(body, await _gateway.Client.BodyAsync(Assert.Single(await _gateway.Client.EventsAsync())));
    }

    [Fact]
    public async Task Nothing_without_a_valid_signature_is_stored()
    {
        var sent = Some.Event(1);
        var right = sent.Request();
        RawRequest[] wrong =
        [
            sent.Unsigned(),
            sent.Unsigned().Signed("not a signature"),
            sent.Unsigned().Signed(new string('A', 27) + "="),
            sent.Request("another-secret-than-the-one"),
            new RawRequest { Body = [.. sent.Body, (byte)' '] }.With("X-HelpScout-Event", sent.Name)
                .Signed(Scouthook.Signing.HelpScoutSignature.Sign(sent.Body, GatewaySetup.Secret)),
            sent.Request().With("X-HelpScout-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        ];

        foreach (var request in wrong)
        {
            var answer = await _gateway.SendAsync(request);
            Assert.Equal(401, answer.Status);
            Assert.Equal("application/problem+json", answer["Content-Type"]);
        }

        Assert.Empty(await _gateway.Client.EventsAsync());
        Assert.Equal(200, (await _gateway.SendAsync(right)).Status);
        Assert.Single(await _gateway.Client.EventsAsync());
    }

    [Fact]
    public async Task Body_over_the_limit_is_rejected_and_one_at_the_limit_is_stored()
    {
        var tooLarge = await _gateway.PostAsync(Some.Large(1, 100_001));
        var largest = await _gateway.PostAsync(Some.Large(2, 100_000));

        Assert.Equal(413, tooLarge.Status);
        Assert.Equal(200, largest.Status);
        Assert.Equal(100_000, (int)Assert.Single(await _gateway.Client.EventsAsync())["size"]!);
    }

    [Fact]
    public async Task Other_methods_are_not_allowed()
    {
        foreach (var method in new[] { "GET", "PUT", "DELETE", "HEAD", "OPTIONS" })
        {
            var request = Some.Event(1).Request();
            request.Method = method;

            var answer = await _gateway.SendAsync(request);

            Assert.Equal(405, answer.Status);
            Assert.Equal("POST", answer["Allow"]);
        }

        Assert.Empty(await _gateway.Client.EventsAsync());
    }

    [Fact]
    public async Task Chunked_body_is_stored_like_any_other()
    {
        var sent = Some.Event(1);
        var request = sent.Request();
        request.ChunkSize = 100;

        var answer = await _gateway.SendAsync(request);

        Assert.Equal(200, answer.Status);
        Assert.Equal(sent.Body, await _gateway.Client.BodyAsync(Assert.Single(await _gateway.Client.EventsAsync())));
    }
}
