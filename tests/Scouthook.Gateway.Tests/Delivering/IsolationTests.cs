using System.Globalization;

namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>Slow or failing endpoints next to a healthy one.</summary>
[Collection(AloneCollection.Name)]
public sealed class IsolationTests : IAsyncLifetime
{
    private const int Concurrency = 10;
    private const int PerSecond = 200;

    /// <summary>
    /// Warm-up, not measured: the first deliveries of a process are slow.
    /// </summary>
    private const int Warming = 500;

    /// <summary>
    /// Longer than any wait of this test, so a delivery that arrived did not wait for the hanging endpoint.
    /// </summary>
    private const string LongerThanPatience = "10m";

    private readonly Folder _folder = new();
    private Sink _sink = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await Sink.StartAsync();
    }

    /// <summary>
    /// Starts only after all endpoints were used, because the first deliveries to a hanging one affect the others most.
    /// </summary>
    private void BeginTrouble()
    {
        _sink["failing"].Answer = (_, _) => Task.FromResult(500);
        _sink["hanging"].Answer = async (_, gone) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
            return 200;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_delivery_waits_for_a_hanging_or_failing_endpoint()
    {
        var events = Rounds.Of(1_500, 10_000);
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 3)
                .To("hanging", _sink["hanging"], ("Timeout", LongerThanPatience))
                .To("failing", _sink["failing"])
                .To("well", _sink["well"], ("Concurrency", Concurrency.ToString(CultureInfo.InvariantCulture))));

        await WarmAsync(gateway, "hanging", "failing", "well");
        BeginTrouble();
        var load = new Load(gateway.Port, Some.Events(events), PerSecond);
        await load.RunAsync(16, Cancelled);
        await Eventually.TrueAsync(() => _sink["well"].TakenCount >= Warming + events, "everything arrived at the third endpoint");

        Assert.Equal(events, load.Acknowledged.Count);
        Assert.Equal(Warming + events, _sink["well"].Arrivals.Count);
        foreach (var endpoint in new[] { _sink["hanging"], _sink["failing"] })
        {
            Assert.True(endpoint.Arrivals.Count > Warming, "It was asked while it was in trouble.");
            Assert.Equal(Warming, endpoint.TakenCount);
        }
    }

    [Fact]
    public async Task Deliveries_continue_while_receiving_is_overloaded()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.Delivering().To("well", _sink["well"]));
        await WarmAsync(gateway, "well");

        const int some = 200;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var load = new Load(gateway.Port, Some.Events(int.MaxValue));
        var running = load.RunAsync(64, enough.Token);
        await Eventually.TrueAsync(
            () => _sink["well"].TakenCount >= Warming + some, "events are delivered while requests keep coming");
        Assert.False(running.IsCompleted);
        await enough.CancelAsync();
        await running;

        Figures.Print($"{load.Acknowledged.Count} events stored until {some} were delivered");
    }

    private async Task WarmAsync(GatewayProcess gateway, params string[] endpoints)
    {
        await new Load(gateway.Port, Some.Events(Warming, from: 1_000_000)).RunAsync(16, Cancelled);
        await Eventually.TrueAsync(
            () => endpoints.All(endpoint => _sink[endpoint].TakenCount == Warming), "the process is warm");
    }
}
