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
        var endpoint = Assert.Single(counted["endpoints"]!.AsArray())!;
        Assert.Equal(0, (long)endpoint["pending"]!);

        Assert.Equal(60, (long)counted["stepSeconds"]!);
        Assert.Equal(20, (long)counted["delivered"]!["total"]!);
        Assert.Equal(20, counted["delivered"]!["byType"]!.AsObject().Sum(it => (long)it.Value!));
        Assert.Equal(20, counted["series"]!.AsArray().Sum(it => (long)it!["delivered"]!));
        foreach (var latency in new[] { "deliveryLatency", "attemptDuration" })
        {
            Assert.Equal(20, (long)counted[latency]!["count"]!);
            Assert.InRange((double)counted[latency]!["p50Ms"]!, 0.125, (double)counted[latency]!["p99Ms"]!);
            Assert.Equal(counted[latency]!.ToJsonString(), endpoint[latency]!.ToJsonString());
            Assert.Equal(20, counted["series"]!.AsArray().Sum(it => (long)it![latency]!["count"]!));
        }

        var types = counted["seriesByType"]!.AsArray();
        Assert.Equal(
            counted["events"]!["byType"]!.AsObject().Select(it => (it.Key, (long)it.Value!)),
            types.Select(it => ((string)it!["type"]!, it["events"]!.AsArray().Sum(count => (long)count!))).OrderBy(it => it.Item1, StringComparer.Ordinal));
        Assert.Equal(20, types.Sum(it => it!["delivered"]!.AsArray().Sum(count => (long)count!)));
        Assert.All(types, it => Assert.Equal(counted["series"]!.AsArray().Count, it!["events"]!.AsArray().Count));
    }

    [Fact]
    public async Task Percentiles_are_null_where_nothing_was_measured()
    {
        var counted = await _gateway.Client.JsonAsync("/api/v1/stats?window=30d");

        const string none = """{"count":0,"p50Ms":null,"p99Ms":null}""";
        Assert.Equal(21_600, (long)counted["stepSeconds"]!);
        Assert.Equal(none, counted["deliveryLatency"]!.ToJsonString());
        Assert.Equal(none, counted["attemptDuration"]!.ToJsonString());
        Assert.Equal(none, Assert.Single(counted["endpoints"]!.AsArray())!["deliveryLatency"]!.ToJsonString());
        Assert.Empty(counted["series"]!.AsArray());
        Assert.Empty(counted["seriesByType"]!.AsArray());
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
