namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>A node that stands still for longer than its leases last.</summary>
public sealed class SuspendedNodeTests : NodesOnOneDatabase
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Node_suspended_beyond_its_leases_settles_late_and_changes_nothing()
    {
        var late = new TaskCompletionSource<int>();
        var path = Sink["sink"];
        path.Answer = (arrival, _) => arrival.Attempt == 1 && arrival.Sequence == 1 ? late.Task : Task.FromResult(200);
        var database = await SharedPostgreSql.CreateAsync();
        await using var slow = await GatewayProcess.StartAsync(Node("slow", database));
        Assert.Equal(200, (await slow.PostAsync(Some.Step(1, 1))).Status);
        await Eventually.TrueAsync(() => path.Arrivals.Count == 1, "the first attempt is running");
        await slow.SignalAsync("STOP");

        await using var other = await HostedGateway.StartAsync(Node("other", database));
        Assert.Equal(200, (await other.PostAsync(Some.Step(1, 2))).Status);
        Assert.Equal(200, (await other.PostAsync(Some.Step(2, 3))).Status);
        await WaitAsync(() => path.TakenCount == 3);
        late.SetResult(500);
        await slow.SignalAsync("CONT");

        Assert.Contains("after its lease had expired", await slow.LineAsync("[3003]"), StringComparison.Ordinal);
        Assert.Equal(200, (await slow.PostAsync(Some.Step(1, 4))).Status);
        await WaitAsync(() => path.TakenCount == 4);
        await other.DrainAsync();
        var deliveries = await other.Client.DeliveriesAsync();
        Assert.All(deliveries, delivery => Assert.Equal("delivered", (string?)delivery["state"]));
        var first = await other.Client.JsonAsync($"/api/v1/deliveries/{deliveries[^1]["id"]}");
        Assert.Equal([1, 2], first["attemptList"]!.AsArray().Select(attempt => (int)attempt!["number"]!).Order());
        Assert.Equal(5, path.Arrivals.Count);
        DeliveryOrder.Rises(path.Arrivals.Where(arrival => arrival.Sequence != 3), _ => "conversation 1");
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "the other node takes over");
            await Eventually.PauseAsync();
        }
    }

    private GatewaySetup Node(string name, string database) =>
        SharedPostgreSql.Node(Folder, name, database).To("sink", Sink["sink"], ("Timeout", "5s"));
}
