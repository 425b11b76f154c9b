using Scouthook.Cli.Tests.Support;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Managing;

/// <summary>Keys in the data directory, when every key is lost.</summary>
public sealed class OfflineKeysTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Key_that_is_made_while_the_gateway_is_stopped_opens_it_again()
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };
        Finished whileRunning, listedWhileRunning;
        await using (var first = await GatewayProcess.StartAsync(setup))
        {
            whileRunning = await OnDataAsync("create", "--name", "me", "--role", "admin");
            listedWhileRunning = await OnDataAsync();
            Assert.Equal(0, await first.StopAsync());
        }

        var made = await OnDataAsync("create", "--name", "me", "--role", "admin", "--json");
        var gone = await OnDataAsync("create", "--name", "gone", "--role", "admin", "--json");
        var revoked = await OnDataAsync("revoke", gone.Json.GetProperty("id").GetString()!);
        var listed = await OnDataAsync("--json");
        await using var second = await GatewayProcess.StartAsync(setup);
        var api = $"http://127.0.0.1:{second.ManagementPort}";
        var works = await RunAsync("keys", "--api", api, "--key", made.Json.GetProperty("key").GetString()!, "--json");
        var refused = await RunAsync("keys", "--api", api, "--key", gone.Json.GetProperty("key").GetString()!);

        Assert.Equal([1, 1], new[] { whileRunning, listedWhileRunning }.Select(run => run.ExitCode));
        Assert.All([whileRunning, listedWhileRunning], run => Assert.Contains("in use by another Scouthook", run.Error, StringComparison.Ordinal));
        Assert.Equal([0, 0, 0, 0, 1], new[] { made, revoked, listed, works, refused }.Select(run => run.ExitCode));
        Assert.Equal(listed.Output, works.Output);
        Assert.Equal(["me", "gone"], works.Json.EnumerateArray().Select(it => it.GetProperty("name").GetString()));
        Assert.Contains("The API key was revoked.", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no store", "--name", "x")]
    [InlineData("--name must name the key", "--name", " ")]
    [InlineData("--expires-at must be in the future", "--name", "x", "--expires-at", "2001-01-01")]
    public async Task Mistake_is_named_and_makes_no_store(string told, params string[] arguments)
    {
        var run = await OnDataAsync(["create", "--role", "admin", .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private Task<Finished> OnDataAsync(params string[] arguments) => RunAsync(["keys", .. arguments, "--data", _folder["data"]]);
}
