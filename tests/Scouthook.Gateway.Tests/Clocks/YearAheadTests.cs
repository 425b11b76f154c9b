namespace Scouthook.Gateway.Tests.Clocks;

/// <summary>A clock that is a year ahead for more than a minute.</summary>
public sealed class YearAheadTests : WrongClockScenario
{
    [Fact]
    public async Task Clock_a_year_ahead_for_over_a_minute_deletes_nothing_and_dead_letters_nothing()
    {
        Sink["broken"].Answer = (_, _) => Task.FromResult(500);
        Gateway = await GatewayProcess.StartAsync(Setup
            .With("Scouthook:Delivery:AllowPrivateNetworks", "true")
            .With("Scouthook:Delivery:RetrySchedule", "1h,1h")
            .To("crm", Sink["crm"]).To("broken", Sink["broken"]).To("paused", Sink["paused"]));
        await Gateway.Client.PostJsonAsync($"endpoints/{(await Gateway.Client.EndpointAsync("paused"))["id"]}/pause");
        for (var sent = 0; sent < 20; sent++)
        {
            await Gateway.PostAsync(Some.Event(sent));
        }

        await Eventually.TrueAsync(() => Sink["crm"].TakenCount == 20 && Sink["broken"].Arrivals.Count == 20, "all were attempted");

        // Retention and the cleanup of deduplication keys run once a minute.
        Clock.Set("+365d");
        await Task.Delay(TimeSpan.FromSeconds(75), TimeProvider.System, TestContext.Current.CancellationToken);
        await Gateway.PostAsync(Some.Event(20));
        await Eventually.TrueAsync(() => Sink["crm"].TakenCount == 21, "deliveries continue with the wrong clock");
        await Gateway.LineAsync("[4020]");
        Clock.Set("+0");
        await Gateway.PostAsync(Some.Event(21));
        await Eventually.TrueAsync(() => Sink["crm"].TakenCount == 22, "deliveries continue with the right clock");

        Assert.Equal(22, (await Gateway.Client.EventsAsync()).Count(it => (string?)it["source"] != "scouthook"));
        var deliveries = await Gateway.Client.DeliveriesAsync();
        Assert.DoesNotContain(deliveries, it => (string?)it["state"] is "deadLettered" or "discarded");
        Assert.Equal(22, deliveries.Count(it => (string?)it["endpointName"] == "paused" && (string?)it["state"] == "pending"));

        // Each was attempted once: a wait of an hour lasts an hour, whatever the wall clock shows.
        await Eventually.TrueAsync(() => Sink["broken"].Arrivals.Count >= 22, "the last one was attempted there too");
        Assert.Equal(22, Sink["broken"].Arrivals.Count);
        Assert.NotEmpty(await JumpsAsync(2));
    }
}
