namespace Scouthook.Gateway.Tests.Clocks;

/// <summary>A clock before 1970, for which UUIDs of version 7 have no room.</summary>
public sealed class BeforeEpochTests : WrongClockScenario
{
    /// <remarks>Each event was once answered with 500, and the gateway did not start.</remarks>
    [Fact]
    public async Task Events_are_stored_and_delivered_under_a_clock_before_1970()
    {
        var setup = Setup.Delivering().To("crm", Sink["crm"]);
        Gateway = await GatewayProcess.StartAsync(setup);
        Clock.Set("-60y");

        Assert.Equal(200, (await Gateway.PostAsync(Some.Event(1))).Status);
        Assert.Equal(200, (await Gateway.PostAsync(Some.Event(2))).Status);
        await Eventually.TrueAsync(() => Sink["crm"].TakenCount == 2, "both events are delivered");
        Assert.Equal(2, (await Gateway.Client.EventsAsync()).Select(stored => (string?)stored["id"]).Distinct().Count());

        await Gateway.StopAsync();
        Gateway = await GatewayProcess.StartAsync(setup);

        Assert.Equal(200, (await Gateway.PostAsync(Some.Event(3))).Status);
        await Eventually.TrueAsync(() => Sink["crm"].TakenCount == 3, "deliveries continue after a start");
    }
}
