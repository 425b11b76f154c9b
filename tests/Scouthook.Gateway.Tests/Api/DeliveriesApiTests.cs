using System.Net;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Reading, retrying and discarding deliveries over HTTP.</summary>
public sealed class DeliveriesApiTests : IAsyncLifetime
{
    private const string Nobody = "01890000-0000-7000-8000-000000000000";
    private const int Events = 7;

    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private HostedGateway _gateway = null!;

    private HttpClient Client => _gateway.Client;

    /// <summary>Seven events: one endpoint accepts all, one fails all, one is paused.</summary>
    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["refusing"].Answer = (_, _) => Task.FromResult(422);
        _gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2)
            .To("taking", _sink["taking"]).To("refusing", _sink["refusing"]).To("paused", _sink["paused"]));
        await Client.PostJsonAsync($"endpoints/{await IdAsync("paused")}/pause");
        foreach (var sent in Some.Events(Events))
        {
            Assert.Equal(200, (await _gateway.PostAsync(sent)).Status);
        }

        await Eventually.AnswersTrueAsync(
            async () => (await Client.DeliveriesAsync("state=deadLettered")).Count == Events
                && (await Client.DeliveriesAsync("state=delivered")).Count == Events,
            "all but the paused ones are settled");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Filters_and_pages_show_each_delivery_once_newest_first()
    {
        var all = await Client.DeliveriesAsync();
        Assert.Equal(3 * Events, all.Count);
        Assert.Equal(all.Select(it => (string)it["createdAt"]!).OrderDescending(StringComparer.Ordinal), all.Select(it => (string)it["createdAt"]!));
        foreach (var (name, state) in new[] { ("taking", "delivered"), ("refusing", "deadLettered"), ("paused", "pending") })
        {
            var id = (string)(await IdAsync(name))!;
            await FindsAsync($"endpoint={id}", all, it => (string?)it["endpointId"] == id);
            await FindsAsync($"state={state}", all, it => (string?)it["state"] == state);
            await FindsAsync($"endpoint={id}&state={state}", all, it => (string?)it["endpointId"] == id);
            Assert.Empty(await Client.DeliveriesAsync($"endpoint={id}&state=discarded"));
        }

        var stored = (string)all[0]["eventId"]!;
        await FindsAsync($"event={stored}", all, it => (string?)it["eventId"] == stored);
        Assert.Empty(await Client.DeliveriesAsync($"event={Nobody}"));
        Assert.Equal(all.Select(it => (string)it["id"]!), await PagesAsync(4));
    }

    [Fact]
    public async Task Delivery_shows_its_attempts()
    {
        var (taking, refusing) = (await FirstAsync("taking"), await FirstAsync("refusing"));

        Assert.Equal(("delivered", 1), ((string?)taking["state"], (int)taking["attempts"]!));
        Assert.EndsWith("Z", (string?)taking["settledAt"], StringComparison.Ordinal);
        string[] empty = ["nextAttemptAt", "replay", "replacedBy", "stateReason"];
        Assert.All(empty, member => Assert.Null(taking[member]));
        Assert.Equal(("deadLettered", 2), ((string?)refusing["state"], (int)refusing["attempts"]!));
        Assert.Contains("422", (string?)refusing["stateReason"], StringComparison.Ordinal);
        var attempts = (await Client.JsonAsync($"/api/v1/deliveries/{refusing["id"]}"))["attemptList"]!.AsArray();
        Assert.Equal([1, 2], attempts.Select(attempt => (int)attempt!["number"]!));
        Assert.All(attempts, attempt =>
        {
            Assert.Equal(("rejected", 422), ((string?)attempt!["outcome"], (int?)attempt["statusCode"]));
            Assert.Equal("The endpoint responded with 422.", (string?)attempt["error"]);
            Assert.True((double)attempt["durationMs"]! > 0);
            Assert.EndsWith("Z", (string?)attempt["startedAt"], StringComparison.Ordinal);
            Assert.Contains(attempt["responseHeaders"]!.AsArray(), header => (string?)header!["name"] == "Server");
        });
    }

    [Fact]
    public async Task Events_count_their_deliveries()
    {
        const string counts = """{"pending":1,"delivered":1,"deadLettered":1,"discarded":0}""";
        var events = await Client.EventsAsync("type=convo.*");

        Assert.Equal(Events, events.Count);
        Assert.All(events, item => Assert.Equal(counts, item["deliveries"]!.ToJsonString()));
        var detail = await Client.JsonAsync($"/api/v1/events/{events[0]["id"]}");
        Assert.Equal(counts, detail["deliveries"]!.ToJsonString());
        Assert.Equal(
            ["deadLettered", "delivered", "pending"],
            detail["deliveryList"]!.AsArray().Select(it => (string)it!["state"]!).Order(StringComparer.Ordinal));
        await Client.PostJsonAsync($"deliveries/{(await FirstAsync("refusing"))["id"]}/discard");
        Assert.Equal(1, (await Client.EventsAsync("type=convo.*")).Sum(item => (int)item["deliveries"]!["discarded"]!));
    }

    [Fact]
    public async Task Change_not_allowed_in_the_state_of_a_delivery_is_409_with_the_rule()
    {
        var delivered = (await FirstAsync("taking"))["id"];
        foreach (var (action, rule) in new[] { ("retry", "replay the event"), ("discard", "nothing left to discard") })
        {
            var problem = await Client.PostJsonAsync($"deliveries/{delivered}/{action}", null, HttpStatusCode.Conflict);
            Assert.StartsWith("delivery: it is delivered.", (string?)problem["detail"], StringComparison.Ordinal);
            Assert.Contains(rule, (string?)problem["detail"], StringComparison.Ordinal);
        }

        var refused = (await FirstAsync("refusing"))["id"];
        Assert.Equal("discarded", (string?)(await Client.PostJsonAsync($"deliveries/{refused}/discard"))["state"]);
        await Client.PostJsonAsync($"deliveries/{refused}/retry", null, HttpStatusCode.Conflict);
        await Client.PostJsonAsync($"deliveries/{refused}/discard", null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Errors_are_named_unknown_ids_get_404_and_requests_without_a_key_get_401()
    {
        using var stranger = new HttpClient { BaseAddress = Client.BaseAddress };
        foreach (var query in new[] { "endpoint=x", "event=1", "state=done", "cursor=!", "limit=0", "limit=501", "colour=red" })
        {
            var problem = await Client.JsonAsync($"/api/v1/deliveries?{query}", HttpStatusCode.BadRequest);
            Assert.StartsWith(query.Split('=')[0] + ":", (string?)problem["detail"], StringComparison.Ordinal);
        }

        foreach (var path in new[] { "deliveries", $"deliveries/{Nobody}", "replays", $"replays/{Nobody}" })
        {
            await stranger.JsonAsync($"/api/v1/{path}", HttpStatusCode.Unauthorized);
            await Client.JsonAsync(
                $"/api/v1/{path}", path.Contains('/', StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK);
        }

        foreach (var path in new[]
        {
            $"deliveries/{Nobody}/retry", $"deliveries/{Nobody}/discard", $"events/{Nobody}/replay", $"replays/{Nobody}/stop",
        })
        {
            await stranger.PostJsonAsync(path, null, HttpStatusCode.Unauthorized);
            await Client.PostJsonAsync(path, null, HttpStatusCode.NotFound);
        }
    }

    private async Task<JsonNode> IdAsync(string endpoint) => (await Client.EndpointAsync(endpoint))["id"]!;

    private async Task<JsonNode> FirstAsync(string endpoint) =>
        (await Client.DeliveriesAsync($"endpoint={await IdAsync(endpoint)}"))[^1];

    private async Task FindsAsync(string query, IReadOnlyList<JsonNode> all, Func<JsonNode, bool> wanted)
    {
        var expected = all.Where(wanted).Select(it => (string)it["id"]!).ToList();
        Assert.True(expected.Count > 0, $"{query}: the test looks for nothing");
        Assert.Equal(expected, (await Client.DeliveriesAsync(query)).Select(it => (string)it["id"]!));
    }

    private async Task<List<string>> PagesAsync(int limit)
    {
        var seen = new List<string>();
        for (string? cursor = null, next = ""; next is not null; cursor = next)
        {
            var page = await Client.JsonAsync($"/api/v1/deliveries?limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(page["items"]!.AsArray().Count, 1, limit);
            seen.AddRange(page["items"]!.AsArray().Select(it => (string)it!["id"]!));
            next = (string?)page["next"];
        }

        return seen;
    }
}
