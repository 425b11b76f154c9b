using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>Many past events, delivered again to an endpoint created later.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const string Endpoint = "later";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Folder _folder = new();
    private readonly ConcurrentQueue<(long Sequence, bool IsReplay)> _taken = new();
    private readonly int _past = Rounds.Of(2_000, 100_000);
    private Sink _sink = null!;
    private GatewaySetup _setup = null!;
    private RunningGateway _gateway = null!;
    private string _endpoint = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IEnumerable<long> Replayed => _taken.Where(it => it.IsReplay).Select(it => it.Sequence);

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink[Endpoint].Keeps = false;
        _sink[Endpoint].Answer = (arrival, _) =>
        {
            _taken.Enqueue((arrival.Sequence, arrival.IsReplay));
            return Task.FromResult(200);
        };
        _setup = new GatewaySetup { Folder = _folder.Path }.Delivering();
        _gateway = await HostedGateway.StartAsync(_setup);
        await new Load(_gateway.Port, Some.Events(_past)).RunAsync(64, Cancelled);
        _endpoint = (string)(await _gateway.Client.PostJsonAsync(
            "endpoints",
            new { name = Endpoint, url = _sink[Endpoint].Url, secret = SinkPath.DefaultSecret },
            HttpStatusCode.Created))["id"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Replay_reports_its_progress_while_receiving_continues()
    {
        var fresh = Rounds.Of(200, 3_000);
        var load = new Load(_gateway.Port, Some.Events(fresh, from: 1_000_000), perSecond: 300);
        var started = TimeProvider.System.GetTimestamp();
        var looks = new List<JsonNode> { await StartAsync() };
        var receiving = load.RunAsync(16, Cancelled);
        while ((string?)looks[^1]["state"] == "running")
        {
            looks.Add(await LookAsync(looks[0]));
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "the replay does not end");
        }

        var took = TimeProvider.System.GetElapsedTime(started);
        await receiving;
        await _gateway.DrainAsync(Patience);

        Assert.Equal(looks.Select(Added).Order(), looks.Select(Added));
        Assert.Equal(looks.Select(Progress).Order(), looks.Select(Progress));
        Assert.True(looks.Select(Progress).Distinct().Count() > 3, "how far it is can be seen while it runs");
        Assert.All(looks, look => Assert.InRange(Added(look) / (double)_past, Progress(look), Progress(look) + 0.001));
        Assert.Equal(("done", _past, 1.0), ((string?)looks[^1]["state"], Added(looks[^1]), Progress(looks[^1])));
        Assert.Equal(fresh, load.Acknowledged.Count);
        Assert.Equal(Enumerable.Range(1, _past).Select(it => (long)it), Replayed.Order());
        Assert.Equal(fresh, _taken.Where(it => !it.IsReplay).Select(it => it.Sequence).Distinct().Count());
        Figures.Print(
            $"{_past} deliveries added in {took.TotalSeconds:F1} s beside {fresh} new events, seen at {looks.Select(Progress).Distinct().Count()} places");
    }

    [Fact]
    public async Task Stopped_replay_adds_nothing_more_but_its_added_deliveries_are_made()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var load = new Load(_gateway.Port, Some.Events(int.MaxValue, from: 1_000_000), perSecond: 500);
        var receiving = load.RunAsync(16, enough.Token);
        var replay = await StartAsync();
        await Eventually.AnswersTrueAsync(async () => Added(await LookAsync(replay)) > 0, "deliveries are added");

        var stopped = await _gateway.Client.PostJsonAsync($"replays/{replay["id"]}/stop");
        var acknowledged = load.Acknowledged.Count;
        await Eventually.TrueAsync(() => load.Acknowledged.Count > acknowledged + 100, "receiving continues");
        await enough.CancelAsync();
        await receiving;
        await _gateway.DrainAsync(Patience);

        Assert.Equal("stopped", (string?)stopped["state"]);
        Assert.NotNull((string?)stopped["endedAt"]);
        Assert.InRange(Added(stopped), 1, _past - 1);
        Assert.True(JsonNode.DeepEquals(stopped, await LookAsync(replay)), "nothing about it changes any more");
        Assert.Equal(Added(stopped), Deliveries());
        Assert.Equal(Enumerable.Range(1, Added(stopped)).Select(it => (long)it), Replayed.Order());
        Figures.Print($"stopped at {Added(stopped)} of {_past}, beside {load.Acknowledged.Count} new events");
    }

    [Fact]
    public async Task Replay_survives_kills_without_losing_or_duplicating_a_delivery()
    {
        var kills = Rounds.Of(1, 6);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await _gateway.StopAsync();
        var killed = await GatewayProcess.StartAsync(_setup);
        _gateway = killed;
        var replay = await StartAsync();
        var places = new List<double>();
        for (var kill = 1; kill <= kills; kill++)
        {
            var load = new Load(_gateway.Port, Some.Events(int.MaxValue, from: kill * 1_000_000L), perSecond: 500);
            var receiving = load.RunAsync(16, enough.Token);
            var least = (kill - 0.5) / (kills + 1);
            var place = 0.0;
            await UntilAsync(async () => (place = Progress(await LookAsync(replay))) >= least, "it goes on");
            await killed.KillAsync();
            places.Add(place);
            await receiving;
            await killed.DisposeAsync();
            _gateway = killed = await GatewayProcess.StartAsync(_setup);
        }

        await UntilAsync(async () => (string?)(await LookAsync(replay))["state"] == "done", "it ends");
        await _gateway.DrainAsync(Patience);

        Figures.Print(
            $"killed at {string.Join(", ", places.Select(it => it.ToString("P0", CultureInfo.InvariantCulture)))}; {_past} added, taken {Replayed.Count()} times");
        Assert.True(places.Count(place => place is > 0 and < 1) >= (kills + 1) / 2, "it was in the middle when it was killed");
        Assert.Equal(_past, Added(await LookAsync(replay)));
        Assert.Equal(_past, Deliveries());
        Assert.Equal(Enumerable.Range(1, _past).Select(it => (long)it), Replayed.Distinct().Order());
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"never came true: {what}");
            await Eventually.PauseAsync();
        }
    }

    private Task<JsonNode> StartAsync() => _gateway.Client.PostJsonAsync(
        "replays",
        new { endpointId = _endpoint, types = new[] { "convo.*" }, until = "2100-01-01T00:00:00Z" },
        HttpStatusCode.Accepted);

    private Task<JsonNode> LookAsync(JsonNode replay) => _gateway.Client.JsonAsync($"/api/v1/replays/{replay["id"]}");

    private static int Added(JsonNode replay) => (int)replay["added"]!;

    private static double Progress(JsonNode replay) => (double)replay["progress"]!;

    /// <summary>Returns the number of deliveries of replays in the store, and asserts that no event has two.</summary>
    private long Deliveries()
    {
        Assert.Equal("0", Store.Column(
            _setup.Database,
            """
            SELECT CAST(count(*) AS TEXT) FROM (
              SELECT 1 FROM delivery WHERE replay_id IS NOT NULL GROUP BY sequence, endpoint_id HAVING count(*) > 1)
            """).Single());
        return (long)Store.Scalar(_setup.Database, "SELECT count(*) FROM delivery WHERE replay_id IS NOT NULL")!;
    }
}
