namespace Scouthook.Gateway.Tests.Clocks;

/// <summary>A start under a wrong clock.</summary>
public sealed class StartTests : WrongClockScenario
{
    [Fact]
    public async Task Clock_behind_the_newest_stored_event_is_reported_at_startup_and_events_are_accepted()
    {
        var setup = Setup.Delivering().To("crm", Sink["crm"]);
        Gateway = await GatewayProcess.StartAsync(setup);
        await Gateway.PostAsync(Some.Event(1));
        await Gateway.StopAsync();

        Clock.Set("-30d");
        Gateway = await GatewayProcess.StartAsync(setup);

        await Gateway.LineAsync("[4021]");
        var jump = Assert.Single(await JumpsAsync(1));
        Assert.Contains("already contains data", (string?)jump["title"], StringComparison.Ordinal);
        await Gateway.PostAsync(Some.Event(2));
        await Eventually.TrueAsync(() => Sink["crm"].TakenCount == 2, "deliveries continue");
        await Gateway.StopAsync();
        Assert.Equal(1, Gateway.Output.Split("[4021]").Length - 1);
    }
}
