using System.Net;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>The past events a replay delivers again.</summary>
public sealed class ReplayFilterTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private HostedGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("well", _sink["well"]));
        await _gateway.PostAsync(Some.Event(1));
        await _gateway.PostAsync(Some.Event(2));
        await _gateway.PostAsync(new SentEvent("tag.deleted", "{\"id\":7}"u8.ToArray()));
        await _gateway.PostAsync(new SentEvent("convo.tags", "no JSON"u8.ToArray()));
        await Eventually.TrueAsync(() => _sink["well"].TakenCount == 4, "all are delivered");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("""{"filter":{"resource":"conversation:4000000001"}}""", 1)]
    [InlineData("""{"filter":{"resource":"conversation:5"}}""", 0)]
    [InlineData("""{"filter":{"state":"unreadable"}}""", 1)]
    [InlineData("""{"filter":{"type":"tag.*"}}""", 1)]
    [InlineData("""{"filter":{"type":["tag.*","convo.status"]}}""", 3)]
    [InlineData("""{"filter":{"type":["convo.*"],"state":"ok"}}""", 2)]
    [InlineData("""{"filter":{"mailbox":1}}""", 0)]
    [InlineData("""{"filter":{"since":"2001-01-01","source":"default"}}""", 4)]
    [InlineData("""{"filter":{"until":"2001-01-01"}}""", 0)]
    [InlineData("""{"types":["tag.*"]}""", 1)]
    public async Task Replay_delivers_the_events_matching_its_filter(string body, int expected)
    {
        var replay = await _gateway.Client.PostJsonAsync("replays", JsonNode.Parse(body), HttpStatusCode.Accepted);

        await Eventually.AnswersTrueAsync(
            async () => (string?)(replay = await _gateway.Client.JsonAsync($"/api/v1/replays/{replay["id"]}"))["state"] == "done",
            "the replay is done");
        Assert.Equal(expected, (int)replay["added"]!);
        await Eventually.TrueAsync(() => _sink["well"].TakenCount == 4 + expected, "they are delivered again");
    }

    [Fact]
    public async Task Request_without_a_body_uses_the_defaults()
    {
        var id = (await _gateway.Client.JsonAsync("/api/v1/events?type=tag.deleted"))["items"]![0]!["id"];
        using var client = await RawClient.ConnectAsync(_gateway.ManagementPort);

        var answer = await client.ExchangeAsync(
            new RawRequest { Path = $"/api/v1/events/{id}/replay", IsFramed = false }
                .With("Authorization", $"Bearer {GatewaySetup.Key}"));

        Assert.Equal(202, answer!.Status);
    }
}
