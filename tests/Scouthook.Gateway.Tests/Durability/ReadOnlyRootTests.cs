using System.Net;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>
/// Runs the gateway as deploy/compose.yaml does: as another user, with only the data directory writable.
/// </summary>
public sealed class ReadOnlyRootTests : IAsyncLifetime
{
    /// <summary>In a private mount namespace, mounts the data directory, makes every other mount read-only, and tests a write.</summary>
    private const string Script =
        """
        mount --bind "$0" "$0" || exit 90
        cut -d ' ' -f 2 /proc/self/mounts | sort -ru | while read -r at; do
          case "$at" in "$0" | /proc* | /sys* | /dev*) ;; *) mount -o remount,bind,ro "$at" ;; esac
        done 2> /dev/null
        touch "$0/../trial" /tmp/scouthook-trial /var/tmp/scouthook-trial 2> /dev/null && exit 91
        exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all "$@"
        """;

    private readonly Folder _folder = new();
    private Sink _sink = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Only_the_data_directory_has_to_be_writable()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make everything read-only.");
        var setup = new GatewaySetup
        {
            Folder = _folder.Path,
            AdminKey = null,
            Environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0", ["HOME"] = "/nonexistent" },
        }.Delivering();
        setup = setup with { Under = ["unshare", "--mount", "sh", "-c", Script, setup.DataPath] };
        Directory.CreateDirectory(setup.DataPath);
        await RunAsync("chmod", "755", _folder.Path);
        await RunAsync("chown", "65534:65534", setup.DataPath);

        await using (var gateway = await GatewayProcess.StartAsync(setup))
        {
            await UseAsync(gateway);
            await CheckAsync(gateway, received: 20);
            Assert.Equal(0, await gateway.StopAsync());
        }

        // It uses the files of the first gateway, whose keys decrypt the secret of the endpoint.
        await using var again = await GatewayProcess.StartAsync(setup);
        await CheckAsync(again, received: 40);

        Assert.Equal(["data"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        Assert.Contains("keys", Directory.EnumerateDirectories(setup.DataPath).Select(Path.GetFileName));
    }

    private async Task UseAsync(GatewayProcess gateway)
    {
        var key = (await gateway.LineAsync("admin key")).Split("admin key ")[1].Split(' ')[0];
        gateway.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await gateway.Client.PostJsonAsync(
            "endpoints", new { name = "all", url = _sink["all"].Url, secret = SinkPath.DefaultSecret }, HttpStatusCode.Created);
        using var answer = await gateway.Client.GetAsync("/api/v1/events?q=anything", Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task CheckAsync(GatewayProcess gateway, int received)
    {
        foreach (var sent in Some.Events(20, from: received))
        {
            Assert.Equal(200, (await gateway.PostAsync(sent)).Status);
        }

        await Eventually.TrueAsync(() => _sink["all"].TakenCount == received, "everything is delivered");
        Assert.All(_sink["all"].Arrivals, arrival => Assert.True(arrival.IsSigned));
        Assert.Equal(HttpStatusCode.OK, await gateway.ReadyStatusAsync());
        foreach (var word in new[] { "warn:", "fail:", "crit:" })
        {
            Assert.DoesNotContain(word, gateway.Output, StringComparison.Ordinal);
        }
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = System.Diagnostics.Process.Start(command[0], command.Skip(1));
        await process.WaitForExitAsync(Cancelled);
        Assert.Equal(0, process.ExitCode);
    }
}
