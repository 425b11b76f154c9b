using Scouthook.Cli.Tests.Support;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Managing;

/// <summary>Manages keys directly in the data directory, as after losing every key.</summary>
public sealed class OfflineKeysTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Key_created_while_the_gateway_is_stopped_works_after_the_restart()
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };
        Finished whileRunning, listedWhileRunning;
        await using (var first = await GatewayProcess.StartAsync(setup))
        {
            whileRunning = await RunOnDataAsync("create", "--name", "me", "--role", "admin");
            listedWhileRunning = await RunOnDataAsync();
            Assert.Equal(0, await first.StopAsync());
        }

        var created = await RunOnDataAsync("create", "--name", "me", "--role", "admin", "--json");
        var other = await RunOnDataAsync("create", "--name", "other", "--role", "admin", "--json");
        var revoked = await RunOnDataAsync("revoke", other.Json.GetProperty("id").GetString()!);
        var listed = await RunOnDataAsync("--json");
        await using var second = await GatewayProcess.StartAsync(setup);
        var api = $"http://127.0.0.1:{second.ManagementPort}";
        var works = await RunAsync("keys", "--api", api, "--key", created.Json.GetProperty("key").GetString()!, "--json");
        var refused = await RunAsync("keys", "--api", api, "--key", other.Json.GetProperty("key").GetString()!);

        Assert.Equal([1, 1], new[] { whileRunning, listedWhileRunning }.Select(run => run.ExitCode));
        Assert.All([whileRunning, listedWhileRunning], run => Assert.Contains("in use by another Scouthook", run.Error, StringComparison.Ordinal));
        Assert.Equal([0, 0, 0, 0, 1], new[] { created, revoked, listed, works, refused }.Select(run => run.ExitCode));
        Assert.Equal(listed.Output, works.Output);
        Assert.Equal(["admin", "me", "other"], works.Json.EnumerateArray().Select(key => key.GetProperty("name").GetString()));
        Assert.Contains("The API key was revoked.", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_key_procedure_says_which_keys_stay_valid_and_the_first_one_can_be_revoked()
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };
        await using (var first = await GatewayProcess.StartAsync(setup))
        {
            await first.LineAsync("admin key ");
            Assert.Equal(0, await first.StopAsync());
        }

        var alone = await RunOnDataAsync("revoke", "00000001");
        var created = await RunOnDataAsync("create", "--name", "me", "--role", "admin");
        var revoked = await RunOnDataAsync("revoke", "00000001");
        var again = await RunOnDataAsync("create", "--name", "second", "--role", "viewer");

        Assert.Equal([1, 0, 0, 0], new[] { alone, created, revoked, again }.Select(run => run.ExitCode));
        Assert.Contains("the only valid key with the role admin", alone.Error, StringComparison.Ordinal);
        Assert.Contains("1 other key is still valid:", created.Error, StringComparison.Ordinal);
        Assert.Contains("00000001  admin (admin)", created.Error, StringComparison.Ordinal);
        Assert.Contains("1 other key is still valid:", again.Error, StringComparison.Ordinal);
        Assert.Contains("me (admin)", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("00000001", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no store", "--name", "x")]
    [InlineData("--name must name the key", "--name", " ")]
    [InlineData("--expires-at must be in the future", "--name", "x", "--expires-at", "2001-01-01")]
    public async Task Mistake_is_reported_and_creates_no_store(string expected, params string[] arguments)
    {
        var run = await RunOnDataAsync(["create", "--role", "admin", .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private Task<Finished> RunOnDataAsync(params string[] arguments) => RunAsync(["keys", .. arguments, "--data", _folder["data"]]);
}
