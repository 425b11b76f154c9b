using System.Diagnostics;
using System.Globalization;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The health check of a container.</summary>
public sealed class HealthCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Health_exits_with_0_when_ready_and_1_otherwise()
    {
        var setup = new GatewaySetup { Folder = _folder.Path };
        await using var gateway = await GatewayProcess.StartAsync(setup);
        await using var narrow = await GatewayProcess.StartAsync(
            (setup with { Data = "narrow" }).With("Scouthook:Gateway:MinFreeDiskBytes", long.MaxValue));

        Assert.Equal((0, "ready"), await AskAsync(gateway.Port));
        Assert.Equal((1, "notReady"), await AskAsync(narrow.Port));
        Assert.Equal((1, "notReady"), await AskAsync(narrow.Port, "--key", "not-a-key-of-this-gateway"));
        var (exitCode, output) = await AskAsync(narrow.Port, "--key", GatewaySetup.Key);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("notReady", output, StringComparison.Ordinal);
        Assert.Contains("MinFreeDiskBytes", output, StringComparison.Ordinal);

        await gateway.KillAsync();
        Assert.Equal((1, ""), await AskAsync(gateway.Port));
    }

    private async Task<(int ExitCode, string Output)> AskAsync(int port, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            GatewayProcess.Executable,
            ["health", "--api", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Trim());
    }
}
