namespace Scouthook.Gateway.Tests.Clocks;

/// <summary>An endpoint that is down while the clock is wrong.</summary>
public sealed class ProbeTests : WrongClockScenario
{
    [Fact]
    public async Task Failing_endpoint_is_still_probed_and_not_disabled_whatever_the_clock_does()
    {
        Sink["crm"].Answer = (_, _) => Task.FromResult(500);
        Gateway = await GatewayProcess.StartAsync(
            Setup.Delivering(attempts: 101).To("crm", Sink["crm"]));
        for (var sent = 0; sent < 3; sent++)
        {
            await Gateway.PostAsync(Some.Event(sent));
        }

        await Gateway.LineAsync("[3007]");
        // The worker knows before the attempt is stored.
        await Eventually.AnswersTrueAsync(
            async () => (string?)(await Gateway.Client.EndpointAsync("crm"))["health"] == "down", "the endpoint is down");
        foreach (var offset in new[] { "+365d", "+0", "+2d", "+0" })
        {
            Clock.Set(offset);
            var before = Sink["crm"].Arrivals.Count;
            await ProbedAsync(() => Sink["crm"].Arrivals.Count > before, $"a probe comes at {offset}");
            var endpoint = await Gateway.Client.EndpointAsync("crm");
            Assert.Equal(("enabled", "down"), ((string?)endpoint["state"], (string?)endpoint["health"]));
        }

        Sink["crm"].Answer = (_, _) => Task.FromResult(200);
        await ProbedAsync(() => Sink["crm"].TakenCount == 3, "everything that waits is due when it is up again");
        await Eventually.AnswersTrueAsync(
            async () => (string?)(await Gateway.Client.EndpointAsync("crm"))["health"] == "ok", "the endpoint is healthy again");
    }

    /// <summary>Waits for probes of a failing endpoint, which are up to 30 seconds apart.</summary>
    private async Task ProbedAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2), $"never came true: {what}\n{Gateway!.Output}");
            await Eventually.PauseAsync();
        }
    }
}
