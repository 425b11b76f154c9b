using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>The counts of past activity.</summary>
public sealed class StatisticsApiTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private HostedGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2).To("taking", _sink["taking"]));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Statistics_match_the_stream()
    {
        foreach (var sent in Some.Events(20))
        {
            await _gateway.PostAsync(sent);
        }

        JsonNode? counted = null;
        await Eventually.AnswersTrueAsync(
            async () => (long)(counted = await _gateway.Client.JsonAsync("/api/v1/stats?window=1h"))["attempts"]!["total"]! == 20,
            "the attempts are counted");
        Assert.Equal(20, (long)counted!["events"]!["total"]!);
        Assert.Equal(20, (long)counted["attempts"]!["byOutcome"]!["delivered"]!);
        Assert.Equal(20, counted["series"]!.AsArray().Sum(it => (long)it!["events"]!));
        Assert.Equal(0, (long)Assert.Single(counted["endpoints"]!.AsArray())!["pending"]!);
    }

    [Fact]
    public async Task Events_can_be_filtered_by_the_state_of_their_deliveries()
    {
        foreach (var sent in Some.Events(3))
        {
            await _gateway.PostAsync(sent);
        }

        await _gateway.DrainAsync();

        Assert.Equal(3, (await _gateway.Client.EventsAsync("deliveryState=delivered")).Count);
        Assert.Empty(await _gateway.Client.EventsAsync("deliveryState=deadLettered"));
        Assert.Empty(await _gateway.Client.EventsAsync("deliveryState=pending"));
    }
}
