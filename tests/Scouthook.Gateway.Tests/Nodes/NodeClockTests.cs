using System.Globalization;
using System.Text;

namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>One of two nodes has a wrong clock.</summary>
public sealed class NodeClockTests : NodesOnOneDatabase
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Clock_of_one_node_that_is_minutes_or_a_year_off_changes_nothing()
    {
        Sink["broken"].Answer = (_, _) => Task.FromResult(500);
        var database = await SharedPostgreSql.CreateAsync();
        var clock = new WrongClock(Folder.Path);
        var setup = clock.Of(Node("wrong", database));
        clock.Set("+365d");

        // Started first, it leads: retention and the other periodic work are done under its clock.
        await using var wrong = await GatewayProcess.StartAsync(setup);
        await using var right = await HostedGateway.StartAsync(Node("right", database));
        var step = 0;
        foreach (var offset in (string[])["+365d", "-20m", "-365d", "+20m"])
        {
            clock.Set(offset);
            await PostAsync(wrong, right, step);
            step += 4;
            await Eventually.TrueAsync(() => Sink["sink"].TakenCount == step, $"everything arrived with {offset}");
        }

        // Retention runs once a minute.
        clock.Set("+365d");
        await Task.Delay(TimeSpan.FromSeconds(65), TimeProvider.System, TestContext.Current.CancellationToken);
        await PostAsync(wrong, right, step);
        step += 4;
        await Eventually.TrueAsync(() => Sink["sink"].TakenCount == step && Sink["broken"].Arrivals.Count > 0, "the last ones arrived");

        // Sent before to the one node, and now to the other.
        Assert.Equal(200, (await right.PostAsync(Some.Step(0, step - 4))).Status);
        Assert.Equal(200, (await wrong.PostAsync(Some.Step(1, step - 3))).Status);

        var now = TimeProvider.System.GetUtcNow();
        var stored = await right.Client.EventsAsync();
        Assert.Equal(step, stored.Count);
        Assert.Equal(2, stored.Sum(item => (int)item["repeats"]!));
        Assert.All(stored, item => Assert.InRange((DateTimeOffset)item["receivedAt"]!, now - Tolerance, now + Tolerance));
        Assert.Equal(stored.Select(item => (DateTimeOffset)item["receivedAt"]!).OrderDescending(), stored.Select(item => (DateTimeOffset)item["receivedAt"]!));
        Assert.All(Sink["sink"].Arrivals.Concat(Sink["broken"].Arrivals), arrival => Assert.InRange(
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(arrival.Headers["webhook-timestamp"], CultureInfo.InvariantCulture)),
            now - Tolerance, now + Tolerance));
        DeliveryOrder.Rises(Sink["sink"].Arrivals, arrival => Encoding.UTF8.GetString(arrival.Body).Split(',')[0]);

        // What failed waits for its hour on either node.
        Assert.Equal(step, Sink["sink"].Arrivals.Count);
        Assert.Single(Sink["broken"].Arrivals.GroupBy(arrival => arrival.Attempt));
        Assert.DoesNotContain(await right.Client.DeliveriesAsync(), it => (string?)it["state"] is "deadLettered" or "discarded");
    }

    private GatewaySetup Node(string name, string database) => SharedPostgreSql.Node(Folder, name, database)
        .With("Scouthook:Delivery:RetrySchedule", "1h,1h")
        .To("sink", Sink["sink"]).To("broken", Sink["broken"], ("Concurrency", "1"));

    /// <summary>Four steps, of a conversation each, in turn to both nodes.</summary>
    private static async Task PostAsync(RunningGateway wrong, RunningGateway right, int step)
    {
        for (var at = 0; at < 4; at++)
        {
            var node = at % 2 == 0 ? wrong : right;
            var answer = await node.PostAsync(Some.Step(at, step + at));
            Assert.True(answer.Status == 200, $"step {step + at} got {answer.Status}:\n{node.Output}");
        }
    }
}
