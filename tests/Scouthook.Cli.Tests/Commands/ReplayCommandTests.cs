using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Replays past events.</summary>
public sealed class ReplayCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    private const string UnknownId = "01890000-0000-7000-8000-000000000000";

    [Fact]
    public async Task Event_is_delivered_again_and_the_replay_can_be_shown()
    {
        var path = await gateway.EndpointAsync("again", "tag.created");
        await gateway.PostAsync(Some.Sample("tag.created"));
        await Eventually.TrueAsync(() => path.TakenCount == 1, "the event is delivered");

        var run = await gateway.RunAsync(
            "replay", "--event", await gateway.NewestAsync("tag.created"), "--endpoint", "again", "--json");
        await Eventually.TrueAsync(() => path.TakenCount == 2, "the event is delivered again");

        var id = run.Json.GetProperty("id").GetString()!;
        Assert.Equal((0, "done", 1), (run.ExitCode, run.Json.GetProperty("state").GetString(), run.Json.GetProperty("added").GetInt32()));
        Assert.Equal([false, true], path.Arrivals.Select(arrival => arrival.IsReplay));
        Assert.Equal(id, path.Arrivals[1].Headers["X-Scouthook-Replay"]);
        Assert.Equal(run.Output, (await gateway.RunAsync("replay", "show", id, "--json")).Output);
        var shown = (await gateway.RunAsync("replay", "show", id)).Output;
        Assert.Contains("100 %", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Dead letters", shown, StringComparison.Ordinal);
        Assert.Contains((await gateway.JsonAsync("replay", "list")).EnumerateArray(), replay => replay.GetProperty("id").GetString() == id);
        var stopped = await gateway.JsonAsync("replay", "stop", id);
        Assert.Equal("done", stopped.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Filter_selects_only_what_matches()
    {
        var path = await gateway.EndpointAsync("filtered", "customer.*");
        await gateway.EndpointAsync("not-selected", "customer.*");
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
        Assert.DoesNotContain(gateway.Sink["not-selected"].Arrivals, arrival => arrival.IsReplay);
    }

    [Fact]
    public async Task All_dead_letters_of_a_fixed_endpoint_can_be_replayed()
    {
        var path = await gateway.EndpointAsync("fixed", "organization.*");
        path.Answer = (_, _) => Task.FromResult(500);
        string[] types = ["organization.created", "organization.deleted"];
        foreach (var type in types)
        {
            await gateway.PostAsync(Some.Sample(type));
        }

        await Eventually.AnswersTrueAsync(async () => await DeadLettersAsync() == 2, "both are dead letters");
        path.Answer = (_, _) => Task.FromResult(200);
        var replay = await gateway.JsonAsync("replay", "--endpoint", "fixed", "--dead-letters");
        await Eventually.TrueAsync(() => path.TakenCount == 2, "both arrive");

        Assert.Equal(2, replay.GetProperty("added").GetInt32());
        Assert.Equal(types, path.Taken.Select(arrival => arrival.Headers["X-HelpScout-Event"]).Order());

        async Task<int> DeadLettersAsync() => (await gateway.Gateway.Client.DeliveriesAsync(
            $"endpoint={(await gateway.Gateway.Client.EndpointAsync("fixed"))["id"]}&state=deadLettered")).Count;
    }

    [Theory]
    [InlineData(2, "Select events")]
    [InlineData(2, "Select events", "--event", UnknownId, "--type", "tag.*")]
    [InlineData(2, "requires --endpoint", "--dead-letters")]
    [InlineData(2, "--since must be", "--since", "yesterday")]
    [InlineData(1, "There is no such event", "--event", UnknownId)]
    [InlineData(1, "There is no endpoint nobody", "--type", "tag.*", "--endpoint", "nobody")]
    [InlineData(1, "There is no such replay", "stop", UnknownId)]
    public async Task Mistake_is_reported(int exitCode, string expected, params string[] arguments)
    {
        var run = await gateway.RunAsync(["replay", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_may_not_replay()
    {
        var run = await gateway.RunWithAsync(await gateway.KeyAsync("viewer"), "replay", "--type", "tag.*");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("role", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_wait_leaves_the_replay_running_and_says_how_to_check_it()
    {
        await using var slow = await SlowReplay.StartAsync();
        await using var tool = ScouthookProcess.Start(["replay", "--type", "*", "--api", slow.Api, "--key", "k"]);

        await Eventually.TrueAsync(() => slow.PollCount >= 2, "the tool polls the replay");
        await tool.InterruptAsync();
        var run = await tool.EndAsync();

        Assert.Equal((130, ""), (run.ExitCode, run.Output));
        Assert.Contains($"The replay continues in the gateway. Check it with scouthook replay show {SlowReplay.Id[^8..]}, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_stopped_by_another_process_exits_with_1()
    {
        await using var slow = await SlowReplay.StartAsync();
        await using var tool = ScouthookProcess.Start(["replay", "--type", "*", "--api", slow.Api, "--key", "k", "--json"]);

        await Eventually.TrueAsync(() => slow.PollCount >= 1, "the tool polls the replay");
        var stop = await ScouthookProcess.RunAsync("replay", "stop", SlowReplay.Id, "--api", slow.Api, "--key", "k");
        var run = await tool.EndAsync();

        Assert.Equal((0, 1), (stop.ExitCode, run.ExitCode));
        Assert.Equal("stopped", run.Json.GetProperty("state").GetString());
    }
}
