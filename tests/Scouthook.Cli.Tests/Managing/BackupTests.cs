using System.Diagnostics;
using Scouthook.Cli.Tests.Support;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Managing;

/// <summary>Backs up a gateway under load and restores the backup.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private const int PerSecond = 200;

    private readonly Folder _folder = new();
    private Sink _sink = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private SinkPath Crm => _sink["crm"];

    public async ValueTask InitializeAsync() => _sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Restored_backup_contains_every_event_acknowledged_before_it()
    {
        for (var round = 0; round < Rounds.Of(1, 10); round++)
        {
            await RoundAsync($"round-{round}", offset: round * 1_000_000);
        }
    }

    [Fact]
    public async Task Missing_store_is_reported()
    {
        var run = await RunAsync("backup", "--data", _folder["missing"], "--to", _folder["b.tar"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"There is no store at {_folder["missing/scouthook.db"]}", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("b.tar", "already exists")]
    [InlineData("missing/b.tar", "does not exist")]
    [InlineData("data", "is a directory")]
    public async Task Unusable_target_is_reported_and_nothing_is_overwritten(string to, string expected)
    {
        Directory.CreateDirectory(_folder["data"]);
        await File.WriteAllTextAsync(_folder["data/scouthook.db"], "", Cancelled);
        await File.WriteAllTextAsync(_folder["b.tar"], "yesterday's backup", Cancelled);
        var before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order();

        var run = await RunAsync("backup", "--data", _folder["data"], "--to", _folder[to]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal("yesterday's backup", await File.ReadAllTextAsync(_folder["b.tar"], Cancelled));
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public async Task File_that_is_not_a_store_exits_with_1_and_leaves_nothing_behind()
    {
        Directory.CreateDirectory(_folder["data"]);
        await File.WriteAllTextAsync(_folder["data/scouthook.db"], new string('x', 5_000), Cancelled);

        var run = await RunAsync("backup", "--data", _folder["data"], "--to", _folder["b.tar"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("scouthook backup: The backup failed: ", run.Error, StringComparison.Ordinal);
        Assert.Equal([_folder["data"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    private async Task RoundAsync(string name, long offset)
    {
        Directory.CreateDirectory(_folder[name]);
        var setup = new GatewaySetup { Folder = _folder[name], AdminKey = null }.Delivering();
        await using var first = await GatewayProcess.StartAsync(setup);
        var admin = (await first.LineAsync("admin key ")).Trim().Split(' ')[2];
        var viewer = (await ToolAsync(first, admin, "keys", "create", "--name", name, "--role", "viewer")).Json.GetProperty("key").GetString()!;
        Crm.Secret = (await ToolAsync(first, admin, "endpoints", "create", "--name", "crm", "--url", Crm.Url)).Json
            .GetProperty("secret").GetString()!;

        // Some deliveries are still pending in the backup, so that the restored gateway has to make them.
        var isFirst = true;
        Crm.Answer = (arrival, _) => Task.FromResult(isFirst && arrival.Sequence % 5 == 0 ? 503 : 200);
        var load = new Load(first.Port, Some.Events(100_000, from: offset), PerSecond);
        var loading = load.RunAsync(connections: 4, Cancelled);
        await Eventually.TrueAsync(() => load.Acknowledged.Count > PerSecond && Crm.TakenCount > 0, "events are received and delivered");

        var acknowledged = load.Acknowledged.ToList();
        var backup = await RunAsync("backup", "--data", setup.DataPath, "--to", _folder[$"{name}.tar"], "--json");
        var after = load.Acknowledged.Count;
        await Eventually.TrueAsync(() => load.Acknowledged.Count > after + 20, "the gateway keeps receiving");
        await first.KillAsync();
        await loading;
        isFirst = false;
        await RestoreAsync(_folder[$"{name}.tar"], _folder[$"{name}/restored"]);
        await using var second = await GatewayProcess.StartAsync(setup with { Data = "restored" });

        Assert.Equal((0, ""), (backup.ExitCode, backup.Error));
        Assert.Empty(load.Refused);
        var through = backup.Json.GetProperty("through").GetInt64();
        Assert.InRange(through, acknowledged.Count, load.Sent.Count);
        var restored = Store.Read(second.Setup.Database);
        Assert.Equal(Store.Read(setup.Database).Where(row => row.Sequence <= through), restored);
        Store.Holds(second.Setup.Database, acknowledged, load.Sent.ContainsKey);

        await Eventually.TrueAsync(() => Hashes(Crm.Taken).IsSupersetOf(acknowledged.Select(sent => sent.Hash)), "every pending delivery arrives");
        Assert.All(Crm.Taken, arrival => Assert.True(arrival.IsSigned));
        var next = Some.Event(offset - 1);
        Assert.Equal(200, (await second.PostAsync(next)).Status);
        await Eventually.TrueAsync(() => Hashes(Crm.Taken).Contains(next.Hash), "a new event is delivered");
        Assert.Equal([0, 0], new[] { await ToolAsync(second, admin, "keys"), await ToolAsync(second, viewer, "events") }.Select(run => run.ExitCode));
    }

    private static HashSet<string> Hashes(IEnumerable<Arrival> arrivals) => [.. arrivals.Select(arrival => arrival.Hash)];

    private static Task<Finished> ToolAsync(GatewayProcess gateway, string key, params string[] arguments) =>
        RunAsync([.. arguments, "--json", "--api", $"http://127.0.0.1:{gateway.ManagementPort}", "--key", key]);

    /// <summary>Restores an archive as docs/operations.md describes.</summary>
    private static async Task RestoreAsync(string archive, string directory)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(archive));
        }

        Directory.CreateDirectory(directory);
        using var tar = Process.Start("tar", ["-xf", archive, "-C", directory]);
        await tar.WaitForExitAsync(Cancelled);
        Assert.Equal(0, tar.ExitCode);
    }
}
