using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using YamlDotNet.Serialization;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The files in <c>deploy</c>, as far as they can be checked without the systems that they are for.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string Chart = Repository.PathOf("deploy/helm/scouthook");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit()
    {
        using var folder = new Folder();
        var unit = await File.ReadAllTextAsync(Repository.PathOf("deploy/scouthook.service"), Cancelled);
        Assert.Contains("ExecStart=/opt/scouthook/Scouthook.Cli serve", unit, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            folder["scouthook.service"], unit.Replace("/opt/scouthook/Scouthook.Cli", Environment.ProcessPath, StringComparison.Ordinal), Cancelled);

        var start = new ProcessStartInfo("systemd-analyze", ["verify", folder["scouthook.service"]])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(Cancelled);
            var output = await process.StandardOutput.ReadToEndAsync(Cancelled) + await error;
            await process.WaitForExitAsync(Cancelled);

            Assert.Equal((0, ""), (process.ExitCode, output));
        }
        catch (Win32Exception)
        {
            Assert.Skip("systemd-analyze is missing.");
        }
    }

    [Fact]
    public async Task Gateway_starts_with_the_settings_of_the_chart()
    {
        using var folder = new Folder();
        var values = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(
            await File.ReadAllTextAsync(Path.Combine(Chart, "values.yaml"), Cancelled));
        var settings = new SerializerBuilder().JsonCompatible().Build()
            .Serialize(new Dictionary<string, object> { ["Scouthook"] = values["settings"] })
            .Replace("/run/secrets/scouthook/", folder.Path + "/", StringComparison.Ordinal);
        Assert.Contains(folder["previous"], settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["current"], "a-secret", Cancelled);
        await File.WriteAllTextAsync(folder["previous"], "a-secret", Cancelled);
        await File.WriteAllTextAsync(folder["scouthook.json"], settings, Cancelled);

        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = folder.Path, Secrets = [] });

        var source = (await gateway.Client.JsonAsync("/api/v1/sources"))["items"]!.AsArray().Single()!;
        Assert.Equal(("default", "/webhook"), ((string?)source["name"], (string?)source["path"]));
    }

    [Fact]
    public void Chart_has_the_version_of_the_packages_and_opens_only_what_exists()
    {
        var version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        var chart = File.ReadAllText(Path.Combine(Chart, "Chart.yaml"));
        var pods = File.ReadAllText(Path.Combine(Chart, "templates/statefulset.yaml"));

        Assert.Contains($"\nversion: {version}\n", chart, StringComparison.Ordinal);
        Assert.Contains($"\nappVersion: \"{version}\"\n", chart, StringComparison.Ordinal);
        var ports = Port().Matches(pods).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Equal(["management", "receiving"], ports.Order(StringComparer.Ordinal));
        Assert.All(
            TargetPort().Matches(File.ReadAllText(Path.Combine(Chart, "templates/services.yaml"))),
            match => Assert.Contains(match.Groups[1].Value, ports));
    }

    [GeneratedRegex(@"- name: (\S+)\n\s+containerPort:")]
    private static partial Regex Port();

    [GeneratedRegex(@"targetPort: (\S+)")]
    private static partial Regex TargetPort();
}
