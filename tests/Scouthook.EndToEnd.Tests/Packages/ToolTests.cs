using System.Text.Json;
using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The tool as a user gets it, installed from the package.</summary>
[Collection<PackageFeedCollection>]
public sealed class ToolTests(PackageFeed feed)
{
    [Fact]
    public async Task Installed_tool_runs_the_demo_and_detects_every_fault()
    {
        using var folder = new Folder();
        var tools = folder["tools"];
        await Command.DotNetAsync(
            folder.Path, "tool", "install", PackageFeed.Tool, "--tool-path", tools, "--version", feed.Version,
            "--source", feed.Feed);
        var scouthook = Path.Combine(tools, "scouthook");
        var empty = folder.Create("empty");

        var help = await Command.RunAsync(scouthook, ["--help"], empty);
        Assert.Equal(0, help.ExitCode);
        Assert.All(["demo", "emit", "sign", "verify", "asyncapi"], command =>
            Assert.Contains(command, help.Output, StringComparison.Ordinal));

        var contract = await Command.RunAsync(scouthook, ["asyncapi"], empty);
        Assert.True(contract.ExitCode == 0, contract.All);
        Assert.Equal(
            await File.ReadAllTextAsync(
                Repository.PathOf("contract/helpscout-webhooks.asyncapi-3.0.0.yaml"), TestContext.Current.CancellationToken),
            contract.Output);

        var demo = await Command.RunAsync(scouthook, ["demo", "--exit", "--json"], empty);
        Assert.True(demo.ExitCode == 0, demo.All);
        var line = Assert.Single(demo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var counts = JsonDocument.Parse(line);
        Assert.Equal(26, counts.RootElement.GetProperty("sent").GetInt32());
        Assert.Equal(26, counts.RootElement.GetProperty("verified").GetInt32());

        foreach (var fault in (string[])["corrupt-signature", "drop-event", "swap-type"])
        {
            var faulty = await Command.RunAsync(scouthook, ["demo", "--exit", "--json", "--fault", fault], empty);
            Assert.True(faulty.ExitCode == 1, $"{fault} ended with {faulty.ExitCode}:\n{faulty.All}");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(empty));
    }
}
