using System.Text.Json.Nodes;
using Scouthook.Gateway.Tests.Support;

namespace Scouthook.Gateway.Tests.Clocks;

/// <summary>A real gateway whose wall clock is set forward and back while it runs.</summary>
public sealed class WrongClockTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private readonly WrongClock _clock;
    private Sink _sink = null!;
    private GatewayProcess? _gateway;

    public WrongClockTests() => _clock = new WrongClock(_folder.Path);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private GatewaySetup Setup => _clock.Of(new GatewaySetup { Folder = _folder.Path });

    public async ValueTask InitializeAsync() => _sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await (_gateway?.DisposeAsync() ?? default);
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Clock_a_year_ahead_for_over_a_minute_deletes_nothing_and_dead_letters_nothing()
    {
        _sink["broken"].Answer = (_, _) => Task.FromResult(500);
        _gateway = await GatewayProcess.StartAsync(Setup
            .With("Scouthook:Delivery:AllowPrivateNetworks", "true")
            .With("Scouthook:Delivery:RetrySchedule", "1h,1h")
            .To("crm", _sink["crm"]).To("broken", _sink["broken"]).To("paused", _sink["paused"]));
        await _gateway.Client.PostJsonAsync($"endpoints/{(await _gateway.Client.EndpointAsync("paused"))["id"]}/pause");
        for (var sent = 0; sent < 20; sent++)
        {
            await _gateway.PostAsync(Some.Event(sent));
        }

        await Eventually.TrueAsync(() => _sink["crm"].TakenCount == 20 && _sink["broken"].Arrivals.Count == 20, "all were attempted");

        // Retention and the cleanup of deduplication keys run once a minute.
        _clock.Set("+365d");
        await Task.Delay(TimeSpan.FromSeconds(75), TimeProvider.System, Cancelled);
        await _gateway.PostAsync(Some.Event(20));
        await Eventually.TrueAsync(() => _sink["crm"].TakenCount == 21, "deliveries continue with the wrong clock");
        await _gateway.LineAsync("[4020]");
        _clock.Set("+0");
        await _gateway.PostAsync(Some.Event(21));
        await Eventually.TrueAsync(() => _sink["crm"].TakenCount == 22, "deliveries continue with the right clock");

        Assert.Equal(22, (await _gateway.Client.EventsAsync()).Count(it => (string?)it["source"] != "scouthook"));
        var deliveries = await _gateway.Client.DeliveriesAsync();
        Assert.DoesNotContain(deliveries, it => (string?)it["state"] is "deadLettered" or "discarded");
        Assert.Equal(22, deliveries.Count(it => (string?)it["endpointName"] == "paused" && (string?)it["state"] == "pending"));

        // Each was attempted once: a wait of an hour lasts an hour, whatever the wall clock shows.
        await Eventually.TrueAsync(() => _sink["broken"].Arrivals.Count >= 22, "the last one was attempted there too");
        Assert.Equal(22, _sink["broken"].Arrivals.Count);
        Assert.NotEmpty(await JumpsAsync(2));
    }

    [Theory]
    [InlineData("set back while it runs")]
    [InlineData("set back, then restarted")]
    [InlineData("started under the wrong clock, then stopped, set back and started")]
    public async Task Attempt_that_failed_with_the_clock_a_year_ahead_is_retried_soon_after_the_clock_is_right(string how)
    {
        var setup = Setup.With("Scouthook:Delivery:AllowPrivateNetworks", "true")
            .With("Scouthook:Delivery:RetrySchedule", "4s,4s,4s,4s,4s,4s,4s,4s,4s").To("crm", _sink["crm"]);
        _sink["crm"].Answer = (_, _) => Task.FromResult(500);
        var isStartedWrong = how.StartsWith("started", StringComparison.Ordinal);
        _clock.Set(isStartedWrong ? "+365d" : "+0");
        _gateway = await GatewayProcess.StartAsync(setup);
        _clock.Set("+365d");
        await _gateway.PostAsync(Some.Event(1));
        await Eventually.AnswersTrueAsync(
            async () => (await _gateway.Client.DeliveriesAsync()) is [var only] && (string?)only["lastError"] is not null,
            "the first attempt has failed");
        _sink["crm"].Answer = (_, _) => Task.FromResult(200);

        if (isStartedWrong)
        {
            await _gateway.StopAsync();
        }

        _clock.Set("+0");
        if (how != "set back while it runs")
        {
            await _gateway.DisposeAsync();
            _gateway = await GatewayProcess.StartAsync(setup);
        }

        await Eventually.TrueAsync(() => _sink["crm"].TakenCount == 1, "the event arrives");
        await _gateway.PostAsync(Some.Step(1, 1));
        await Eventually.TrueAsync(() => _sink["crm"].TakenCount == 2, "the next event of its resource arrives");
    }

    [Fact]
    public async Task Failing_endpoint_is_still_probed_and_not_disabled_whatever_the_clock_does()
    {
        _sink["crm"].Answer = (_, _) => Task.FromResult(500);
        _gateway = await GatewayProcess.StartAsync(
            Setup.Delivering(attempts: 101).To("crm", _sink["crm"]));
        for (var sent = 0; sent < 3; sent++)
        {
            await _gateway.PostAsync(Some.Event(sent));
        }

        await _gateway.LineAsync("[3007]");
        Assert.Equal("down", (string?)(await _gateway.Client.EndpointAsync("crm"))["health"]);
        foreach (var offset in new[] { "+365d", "+0", "+2d", "+0" })
        {
            _clock.Set(offset);
            var before = _sink["crm"].Arrivals.Count;
            await ProbedAsync(() => _sink["crm"].Arrivals.Count > before, $"a probe comes at {offset}");
            var endpoint = await _gateway.Client.EndpointAsync("crm");
            Assert.Equal(("enabled", "down"), ((string?)endpoint["state"], (string?)endpoint["health"]));
        }

        _sink["crm"].Answer = (_, _) => Task.FromResult(200);
        await ProbedAsync(() => _sink["crm"].TakenCount == 3, "everything that waits is due when it is up again");
        await Eventually.AnswersTrueAsync(
            async () => (string?)(await _gateway.Client.EndpointAsync("crm"))["health"] == "ok", "the endpoint is healthy again");
    }

    [Fact]
    public async Task Clock_behind_the_newest_stored_event_is_reported_at_startup_and_events_are_accepted()
    {
        var setup = Setup.Delivering().To("crm", _sink["crm"]);
        _gateway = await GatewayProcess.StartAsync(setup);
        await _gateway.PostAsync(Some.Event(1));
        await _gateway.StopAsync();

        _clock.Set("-30d");
        _gateway = await GatewayProcess.StartAsync(setup);

        await _gateway.LineAsync("[4021]");
        var jump = Assert.Single(await JumpsAsync(1));
        Assert.Contains("already contains data", (string?)jump["title"], StringComparison.Ordinal);
        await _gateway.PostAsync(Some.Event(2));
        await Eventually.TrueAsync(() => _sink["crm"].TakenCount == 2, "deliveries continue");
        await _gateway.StopAsync();
        Assert.Equal(1, Occurrences(_gateway.Output, "[4021]"));
    }

    /// <summary>Waits for probes of a failing endpoint, which are up to 30 seconds apart.</summary>
    private async Task ProbedAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2), $"never came true: {what}\n{_gateway!.Output}");
            await Eventually.PauseAsync();
        }
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private async Task<IReadOnlyList<JsonNode>> JumpsAsync(int least)
    {
        IReadOnlyList<JsonNode> jumps = [];
        await Eventually.AnswersTrueAsync(
            async () => (jumps = await _gateway!.Client.EventsAsync("type=scouthook.clock.jumped")).Count >= least,
            "the jumps are raised as operational events");
        return jumps;
    }
}
