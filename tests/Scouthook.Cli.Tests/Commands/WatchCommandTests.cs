using System.Text.Json;
using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>Watches a gateway.</summary>
public sealed class WatchCommandTests(ManagedGateway gateway) : IClassFixture<ManagedGateway>
{
    [Fact]
    public async Task Events_and_attempts_are_shown_with_names_and_titles()
    {
        var path = await gateway.EndpointAsync("watched", "tag.created");
        path.Answer = (_, _) => Task.FromResult(500);
        await using var tool = await WatchAsync(gateway.Api);

        await gateway.PostAsync(Some.Sample("tag.created"));
        var read = await tool.ReadUntilAsync(line => line.Contains("dead letter", StringComparison.Ordinal));
        await tool.InterruptAsync();
        var run = await tool.EndAsync();

        var id = await gateway.NewestAsync("tag.created");
        Assert.Contains(read.Split('\n'), line =>
            line.Contains("  tag.created ", StringComparison.Ordinal) && line.EndsWith(id[^8..], StringComparison.Ordinal));
        Assert.Contains(read.Split('\n'), line =>
            line.Contains("→ watched ", StringComparison.Ordinal) && line.Contains("500 rejected in ", StringComparison.Ordinal)
            && line.Contains("attempt 2, dead letter  tag.created", StringComparison.Ordinal));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Stopped. Resume with --after ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_select_by_type_and_endpoint()
    {
        await gateway.EndpointAsync("filtered-a", "customer.*");
        await gateway.EndpointAsync("filtered-b", "customer.*");
        await using var byType = await WatchAsync(gateway.Api, "--type", "customer.deleted", "--json");
        await using var byEndpoint = await WatchAsync(gateway.Api, "--endpoint", "filtered-b", "--type", "customer.*", "--json");

        await gateway.PostAsync(Some.Sample("customer.created"));
        await gateway.PostAsync(Some.Sample("customer.deleted"));
        var typeLines = Messages(await byType.ReadUntilAsync(line => line.Contains("\"event\"", StringComparison.Ordinal)));
        var endpointLines = Messages(await ReadAsync(byEndpoint, 2));

        var endpointId = (string)(await gateway.Gateway.Client.EndpointAsync("filtered-b"))["id"]!;
        Assert.Equal(["customer.deleted"], typeLines.Where(line => Kind(line) == "event").Select(line => line.GetProperty("data").GetProperty("type").GetString()));
        Assert.Equal(["attempt", "attempt"], endpointLines.Select(Kind));
        Assert.All(endpointLines, line => Assert.Equal(endpointId, line.GetProperty("data").GetProperty("endpointId").GetString()));
    }

    [Fact]
    public async Task Nothing_is_missed_after_a_disconnection()
    {
        await using var network = new TcpRelay(() => gateway.Gateway.ManagementPort);
        await using var tool = await WatchAsync($"http://127.0.0.1:{network.Port}", "--type", "organization.*");

        network.Cut();
        await tool.ReadUntilAsync(line => line.Contains("Not connected:", StringComparison.Ordinal));
        await gateway.PostAsync(Some.Sample("organization.created"));
        network.Restore();

        var read = await tool.ReadUntilAsync(line => line.Contains("organization.created", StringComparison.Ordinal));
        Assert.Contains("Connected to ", read, StringComparison.Ordinal);
        await tool.InterruptAsync();
        Assert.Equal(0, (await tool.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Watching_ends_when_its_output_is_lost()
    {
        var run = await RunInShellAsync("\"$0\" watch --after 0 --api \"$1\" --key \"$2\" > /dev/full");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("scouthook watch: Standard output is closed or full.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "There is no endpoint nobody", "--endpoint", "nobody")]
    [InlineData(2, "--type must be event types", "--type", "*.created")]
    [InlineData(2, "--silence must be between", "--silence", "1s")]
    public async Task Mistake_is_reported(int exitCode, string expected, params string[] arguments)
    {
        var run = await gateway.RunAsync(["watch", .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private static string Kind(JsonElement message) => message.GetProperty("message").GetString()!;

    private static List<JsonElement> Messages(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static async Task<string> ReadAsync(ScouthookProcess tool, int count)
    {
        var left = count;
        return await tool.ReadUntilAsync(_ => --left == 0);
    }

    /// <summary>Starts watching from the newest event on.</summary>
    private async Task<ScouthookProcess> WatchAsync(string api, params string[] arguments)
    {
        var now = (await gateway.Gateway.Client.GetStringAsync("/api/v1/stream?wait=0", TestContext.Current.CancellationToken))
            .Split('\n').Last(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];
        var tool = ScouthookProcess.Start(
            ["watch", "--after", now, "--silence", "3s", .. arguments], ("SCOUTHOOK_API", api), ("SCOUTHOOK_KEY", GatewaySetup.Key));
        if (!arguments.Contains("--json"))
        {
            await tool.ReadUntilAsync(line => line.Contains("Connected to ", StringComparison.Ordinal));
        }

        return tool;
    }

    private async Task<Finished> RunInShellAsync(string script)
    {
        await gateway.PostAsync(Some.Sample("tag.deleted"));
        return await ScouthookProcess.RunInShellAsync(script, gateway.Api, GatewaySetup.Key);
    }
}
