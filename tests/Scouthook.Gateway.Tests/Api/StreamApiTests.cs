using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Scouthook.Gateway.Tests.Support;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Following what happens.</summary>
public sealed class StreamApiTests : IAsyncLifetime
{
    private const int Followers = 5;
    private const int Events = 400;

    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private GatewayProcess _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2).To("taking", _sink["taking"]));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Followers_that_come_and_go_see_every_event_and_attempt_once_and_in_order()
    {
        var following = Enumerable.Range(0, Followers).Select(follower => FollowAsync(new Random(follower))).ToList();
        foreach (var sent in Some.Events(Events))
        {
            Assert.Equal(200, (await _gateway.PostAsync(sent)).Status);
        }

        var stored = (await _gateway.Client.EventsAsync("limit=500")).Select(it => (long)it["sequence"]!).Order().ToList();
        Assert.Equal(Events, stored.Count);
        foreach (var seen in await Task.WhenAll(following))
        {
            Assert.Equal(seen.Ids.Order().Distinct(), seen.Ids);
            Assert.Equal(stored, seen.Sequences);
            Assert.Equal(Events, seen.Attempts.Distinct().Count());
        }
    }

    [Fact]
    public async Task Statistics_count_what_the_stream_told()
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
    public async Task Events_are_found_by_the_state_of_their_deliveries()
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

    [Fact]
    public async Task Follower_that_asks_for_it_hears_every_second_that_the_gateway_is_there()
    {
        Assert.Equal(["start", "ping", "ping"], (await ReadAsync("ping=1", count: 3)).Select(item => item.EventType));
    }

    [Fact]
    public async Task Place_of_a_store_that_was_put_back_since_is_a_gap_and_the_end()
    {
        await _gateway.PostAsync(Some.Event(1));
        await _gateway.DrainAsync();

        var items = await ReadAsync("ping=1&after=1000000", count: 3);

        Assert.Equal(["start", "gap", "ping"], items.Select(item => item.EventType));
        Assert.Equal("2", items[0].EventId);
    }

    [Fact]
    public async Task Gateway_that_is_to_stop_does_not_wait_for_its_followers()
    {
        using var answer = await _gateway.Client.GetAsync("/api/v1/stream", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal(0, await _gateway.StopAsync());

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 15);
    }

    private async Task<List<SseItem<string>>> ReadAsync(string query, int count)
    {
        using var answer = await _gateway.Client.GetAsync(
            $"/api/v1/stream?{query}", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancelled);
        return await SseParser.Create(stream).EnumerateAsync(Cancelled).Take(count).ToListAsync(Cancelled);
    }

    /// <summary>Follows until everything was seen, and hangs up now and then.</summary>
    private async Task<(List<long> Ids, List<long> Sequences, List<string> Attempts)> FollowAsync(Random random)
    {
        var (ids, sequences, attempts) = (new List<long>(), new List<long>(), new List<string>());
        var after = 0L;
        while (sequences.Count < Events || attempts.Count < Events)
        {
            var left = random.Next(1, 120);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream");
            request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
            using var answer = await _gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
            await using var stream = await answer.Content.ReadAsStreamAsync(Cancelled);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(Cancelled))
            {
                if (item.EventType is "event" or "attempt")
                {
                    after = long.Parse(item.EventId!, CultureInfo.InvariantCulture);
                    ids.Add(after);
                    var json = JsonNode.Parse(item.Data)!;
                    if (item.EventType == "event")
                    {
                        sequences.Add((long)json["sequence"]!);
                    }
                    else
                    {
                        attempts.Add((string)json["deliveryId"]!);
                    }
                }

                if (--left == 0 || (sequences.Count == Events && attempts.Count == Events))
                {
                    break;
                }
            }
        }

        return (ids, sequences, attempts);
    }
}
