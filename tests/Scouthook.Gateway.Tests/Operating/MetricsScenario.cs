namespace Scouthook.Gateway.Tests.Operating;

/// <summary>A gateway after one of each kind of activity, and its metrics.</summary>
public sealed class MetricsScenario : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private readonly Dictionary<string, string> _ids = [];
    private Sink _sink = null!;
    private HostedGateway _gateway = null!;

    internal static IReadOnlyList<SentEvent> Events { get; } =
    [
        .. Some.Events(3),
        new("convo.assigned", Some.Event(10).Body),
        new("convo.assigned", Some.Event(11).Body),
        new("helpscout.test", "{}"u8.ToArray()),
    ];

    internal Exposition Before { get; private set; } = null!;

    internal Exposition After { get; private set; } = null!;

    /// <summary>Returns the id of an endpoint: public metrics carry no names.</summary>
    internal string Id(string endpoint) => _ids[endpoint];

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
        _sink["failing"].Answer = (_, _) => Task.FromResult(500);
        _gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2)
            .With("Scouthook:Receiver:CommitTimeout", "30s")
            .With("Scouthook:Gateway:MaxConnectionsPerAddress", 30)
            .To("taking", _sink["taking"])
            .To("failing", _sink["failing"], ("Events", "convo.assigned"), ("Ordering", "strict"))
            .To("waiting", _sink["waiting"]));
        await _gateway.Client.PostJsonAsync($"endpoints/{(await _gateway.Client.EndpointAsync("waiting"))["id"]}/pause");

        foreach (var name in new[] { "taking", "failing", "waiting" })
        {
            _ids.Add(name, (string)(await _gateway.Client.EndpointAsync(name))["id"]!);
        }

        foreach (var sent in Events)
        {
            Assert.Equal(200, (await _gateway.PostAsync(sent)).Status);
        }

        Assert.Equal(200, (await _gateway.PostAsync(Events[0])).Status);
        Assert.Equal(401, (await _gateway.SendAsync(Some.Event(20).Request("a-secret-nobody-trusts"))).Status);
        Assert.Equal(401, (await _gateway.SendAsync(Some.Event(20).Unsigned())).Status);
        using (Store.Block(_gateway.Setup.Database))
        {
            Assert.Equal(503, (await _gateway.PostAsync(Some.Event(21))).Status);
        }

        using (var stranger = new HttpClient())
        {
            using var answer = await stranger.SendAsync(
                new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway.Client.BaseAddress!, "/api/v1/events"))
                {
                    Headers = { { "Authorization", "Bearer shk_nobody" } },
                },
                TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(() => _sink["taking"].TakenCount == Events.Count, "everything is delivered");
        await Eventually.AnswersTrueAsync(
            async () => (await ReadAsync())["scouthook_delivery_dead_letters", ("scouthook_endpoint", Id("failing"))] >= 2
                && (Before = await ReadAsync())["scouthook_delivery_pending", ("scouthook_endpoint", Id("waiting"))] >= Events.Count,
            "pending deliveries are counted");
        using var strangers = new Strangers();
        for (var number = 0; number < 40; number++)
        {
            await strangers.OpenAsync(Strangers.Address(0), _gateway.Port);
        }

        const string age = "scouthook_delivery_oldest_pending_age_seconds";
        await Eventually.AnswersTrueAsync(
            async () => (After = await ReadAsync())[age, ("scouthook_endpoint", Id("waiting"))]
                > Before[age, ("scouthook_endpoint", Id("waiting"))]
                && After.Metrics.Any(it => it.Name == "scouthook_gateway_connections_refused_total"),
            "the metrics are collected again");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<Exposition> ReadAsync() => Exposition.Parse(await _gateway.FreshMetricsAsync());
}
