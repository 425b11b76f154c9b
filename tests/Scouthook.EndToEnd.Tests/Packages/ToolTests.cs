using System.Runtime.InteropServices;
using System.Text.Json;
using Scouthook.EndToEnd.Tests.Support;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The tool as a user gets it, installed from the package.</summary>
[Collection<PackageFeedCollection>]
public sealed class ToolTests(PackageFeed feed)
{
    [Fact]
    public async Task Installed_tool_runs_the_demo_and_detects_every_fault()
    {
        using var folder = new Folder();
        var scouthook = await feed.InstalledTool;
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

    [Fact]
    public async Task Dashboard_of_the_installed_tool_works_from_an_empty_directory()
    {
        using var folder = new Folder();
        await CheckDashboardAsync(folder, await feed.InstalledTool);
    }

    [Fact]
    public async Task Dashboard_of_the_tool_in_one_file_works_from_an_empty_directory()
    {
        using var folder = new Folder();
        var runtime = RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var published = await Command.RunAsync(
            Path.Combine(feed.Copy, "eng", "publish-archive.sh"),
            [
                // With the paths of the packages, as a release has them, what was compiled for those is not compiled again.
                runtime, folder["published"], $"-p:Version={feed.Version}", "-p:ContinuousIntegrationBuild=true",
                $"-p:RepositoryAddress={PackedRepository.Url}", "-p:RunAnalyzers=false", "-nodeReuse:false",
            ],
            folder.Path);
        Assert.True(published.ExitCode == 0, published.All);

        // Unpacked elsewhere, as others get it.
        var unpacked = await Command.RunAsync(
            "tar", ["--extract", "--file", published.Output.Trim(), "--directory", folder.Create("unpacked")], folder.Path);
        Assert.Equal(0, unpacked.ExitCode);
        Directory.Delete(folder["published"], recursive: true);

        await CheckDashboardAsync(folder, folder["unpacked/scouthook"]);
    }

    private async Task CheckDashboardAsync(Folder folder, string program)
    {
        var empty = folder.Create("empty");
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = empty, Data = folder["data"], Program = program });

        await new DashboardSmoke(feed).CheckAsync(new Uri($"http://127.0.0.1:{gateway.ManagementPort}/"), GatewaySetup.Key);

        Assert.Empty(Directory.EnumerateFileSystemEntries(empty));
    }
}
