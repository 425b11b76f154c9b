using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Delivering past events again.</summary>
public sealed class ReplayCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    private const string Nobody = "01890000-0000-7000-8000-000000000000";

    [Fact]
    public async Task One_event_is_delivered_again_and_the_replay_can_be_looked_up()
    {
        var path = await gateway.EndpointAsync("again", "tag.created");
        await gateway.PostAsync(Some.Sample("tag.created"));
        await Eventually.TrueAsync(() => path.TakenCount == 1, "it is delivered");

        var run = await gateway.RunAsync(
            "replay", "--event", await gateway.NewestAsync("tag.created"), "--endpoint", "again", "--json");
        await Eventually.TrueAsync(() => path.TakenCount == 2, "it is delivered again");

        var id = run.Json.GetProperty("id").GetString()!;
        Assert.Equal((0, "done", 1), (run.ExitCode, run.Json.GetProperty("state").GetString(), run.Json.GetProperty("added").GetInt32()));
        Assert.Equal([false, true], path.Arrivals.Select(arrival => arrival.IsReplay));
        Assert.Equal(id, path.Arrivals[1].Headers["X-Scouthook-Replay"]);
        Assert.Equal(run.Output, (await gateway.RunAsync("replay", "show", id, "--json")).Output);
        Assert.Contains((await gateway.JsonAsync("replay", "list")).EnumerateArray(), it => it.GetProperty("id").GetString() == id);
        var stopped = await gateway.JsonAsync("replay", "stop", id);
        Assert.Equal("done", stopped.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Filter_takes_what_it_says()
    {
        var path = await gateway.EndpointAsync("filtered", "customer.*");
        await gateway.EndpointAsync("not-asked", "customer.*");
        string[] types = ["customer.created", "customer.updated", "customer.deleted"];
        foreach (var type in types)
        {
            await gateway.PostAsync(Some.Sample(type));
        }

        await Eventually.TrueAsync(() => path.TakenCount == 3, "all are delivered");
        var nothing = await gateway.JsonAsync("replay", "--endpoint", "filtered", "--until", "2020-01-01");
        var two = await gateway.RunAsync(
            "replay", "--endpoint", "filtered", "--type", "customer.created, customer.deleted", "--since", "2020-01-01");
        await Eventually.TrueAsync(() => path.TakenCount == 5, "two are delivered again");

        Assert.Equal(0, nothing.GetProperty("added").GetInt32());
        Assert.Contains("is done: 2 deliveries created", two.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["customer.created", "customer.deleted"],
            path.Arrivals.Where(arrival => arrival.IsReplay).Select(arrival => arrival.Headers["X-HelpScout-Event"]).Order());
        Assert.DoesNotContain(gateway.Sink["not-asked"].Arrivals, arrival => arrival.IsReplay);
    }

    [Fact]
    public async Task All_dead_letters_of_an_endpoint_arrive_once_it_is_mended()
    {
        var path = await gateway.EndpointAsync("mended", "organization.*");
        path.Answer = (_, _) => Task.FromResult(500);
        string[] types = ["organization.created", "organization.deleted"];
        foreach (var type in types)
        {
            await gateway.PostAsync(Some.Sample(type));
        }

        await Eventually.AnswersTrueAsync(async () => await DeadLettersAsync() == 2, "both are dead letters");
        path.Answer = (_, _) => Task.FromResult(200);
        var replay = await gateway.JsonAsync("replay", "--endpoint", "mended", "--dead-letters");
        await Eventually.TrueAsync(() => path.TakenCount == 2, "both arrive");

        Assert.Equal(2, replay.GetProperty("added").GetInt32());
        Assert.Equal(types, path.Taken.Select(arrival => arrival.Headers["X-HelpScout-Event"]).Order());

        async Task<int> DeadLettersAsync() => (await gateway.Gateway.Client.DeliveriesAsync(
            $"endpoint={(await gateway.Gateway.Client.EndpointAsync("mended"))["id"]}&state=deadLettered")).Count;
    }

    [Theory]
    [InlineData(2, "Select events")]
    [InlineData(2, "Select events", "--event", Nobody, "--type", "tag.*")]
    [InlineData(2, "requires --endpoint", "--dead-letters")]
    [InlineData(2, "since: must be", "--since", "yesterday")]
    [InlineData(1, "There is no such event", "--event", Nobody)]
    [InlineData(1, "There is no endpoint nobody", "--type", "tag.*", "--endpoint", "nobody")]
    [InlineData(1, "There is no such replay", "stop", Nobody)]
    public async Task What_cannot_be_replayed_is_told(int exitCode, string told, params string[] arguments)
    {
        var run = await gateway.RunAsync(["replay", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_may_not_replay()
    {
        var run = await gateway.RunWithAsync(await gateway.KeyAsync("viewer"), "replay", "--type", "tag.*");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("role", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_for_a_long_one_and_tells_how_to_end_it_when_nobody_waits_any_more()
    {
        await using var slow = await SlowReplay.StartAsync();
        await using var tool = ScouthookProcess.Start(["replay", "--type", "*", "--api", slow.Api, "--key", "k"]);

        await Eventually.TrueAsync(() => slow.Asked >= 2, "it asks how far it is");
        await tool.InterruptAsync();
        var run = await tool.EndAsync();

        Assert.Equal((130, ""), (run.ExitCode, run.Output));
        Assert.Contains($"The replay continues in the gateway. Check it with scouthook replay show {SlowReplay.Id}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_somebody_stops_exits_with_1()
    {
        await using var slow = await SlowReplay.StartAsync();
        await using var tool = ScouthookProcess.Start(["replay", "--type", "*", "--api", slow.Api, "--key", "k", "--json"]);

        await Eventually.TrueAsync(() => slow.Asked >= 1, "it asks how far it is");
        var stop = await ScouthookProcess.RunAsync("replay", "stop", SlowReplay.Id, "--api", slow.Api, "--key", "k");
        var run = await tool.EndAsync();

        Assert.Equal((0, 1), (stop.ExitCode, run.ExitCode));
        Assert.Equal("stopped", run.Json.GetProperty("state").GetString());
    }
}
