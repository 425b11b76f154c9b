namespace Scouthook.Gateway.Tests.Clocks;

/// <summary>Attempts that failed under a wrong clock.</summary>
public sealed class RetryTests : WrongClockScenario
{
    [Theory]
    [InlineData("set back while it runs")]
    [InlineData("set back, then restarted")]
    [InlineData("started under the wrong clock, then stopped, set back and started")]
    public async Task Attempt_that_failed_with_the_clock_a_year_ahead_is_retried_soon_after_the_clock_is_right(string how)
    {
        var setup = Setup.With("Scouthook:Delivery:AllowPrivateNetworks", "true")
            .With("Scouthook:Delivery:RetrySchedule", "4s,4s,4s,4s,4s,4s,4s,4s,4s").To("crm", Sink["crm"]);
        Sink["crm"].Answer = (_, _) => Task.FromResult(500);
        var isStartedWrong = how.StartsWith("started", StringComparison.Ordinal);
        Clock.Set(isStartedWrong ? "+365d" : "+0");
        Gateway = await GatewayProcess.StartAsync(setup);
        Clock.Set("+365d");
        await Gateway.PostAsync(Some.Event(1));
        await Eventually.AnswersTrueAsync(
            async () => (await Gateway.Client.DeliveriesAsync()) is [var only] && (string?)only["lastError"] is not null,
            "the first attempt has failed");
        Sink["crm"].Answer = (_, _) => Task.FromResult(200);

        if (isStartedWrong)
        {
            await Gateway.StopAsync();
        }

        Clock.Set("+0");
        if (how != "set back while it runs")
        {
            await Gateway.DisposeAsync();
            Gateway = await GatewayProcess.StartAsync(setup);
        }

        await Eventually.TrueAsync(() => Sink["crm"].TakenCount == 1, "the event arrives");
        await Gateway.PostAsync(Some.Step(1, 1));
        await Eventually.TrueAsync(() => Sink["crm"].TakenCount == 2, "the next event of its resource arrives");
    }
}
