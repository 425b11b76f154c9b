using System.Diagnostics;
using System.Net;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>
/// A data directory the gateway cannot write to. Root can always write, so another user runs it.
/// </summary>
public sealed class ReadOnlyTests : IDisposable
{
    private const int Nobody = 65534;

    private static readonly string[] AsNobody = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_only_directory_returns_503_until_it_is_writable(bool keyConfigured)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can run a program as another user.");
        var setup = await SetupAsync(keyConfigured);
        Directory.CreateDirectory(setup.DataPath);

        await using var gateway = await GatewayProcess.StartAsync(setup);
        var sent = Some.Event(1);
        var refused = await gateway.PostAsync(sent);

        Assert.Equal(503, refused.Status);
        Assert.NotNull(refused["Retry-After"]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await gateway.ReadyStatusAsync());
        if (keyConfigured)
        {
            var (_, health) = await gateway.ReadyAsync();
            Assert.Equal("notReady", (string?)health["checks"]!["store"]!["status"]);
            Assert.Contains(setup.DataPath, (string?)health["checks"]!["store"]!["detail"], StringComparison.Ordinal);
            var problem = await gateway.Client.JsonAsync("/api/v1/events", HttpStatusCode.ServiceUnavailable);
            Assert.Contains("/readyz", (string?)problem["detail"], StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("until this gateway stops", await gateway.LineAsync("admin key"), StringComparison.Ordinal);
        }

        await RunAsync("chown", $"{Nobody}:{Nobody}", setup.DataPath);

        await Eventually.AnswersTrueAsync(
            async () => (await gateway.PostAsync(sent)).Status == 200, "events are stored once the directory can be written");
        Assert.Equal(HttpStatusCode.OK, await gateway.ReadyStatusAsync());
        Assert.Equal(sent.Hash, Store.Read(setup.Database).Single().Hash);
    }

    [Fact]
    public async Task Files_of_another_user_return_503_until_their_owner_is_changed()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can run a program as another user.");
        var setup = await SetupAsync(keyConfigured: true);
        await using (var root = await GatewayProcess.StartAsync(setup with { Under = [] }))
        {
            Assert.Equal(200, (await root.PostAsync(Some.Event(1))).Status);
            await root.KillAsync();
        }

        await using var gateway = await GatewayProcess.StartAsync(setup);
        Assert.Equal(503, (await gateway.PostAsync(Some.Event(2))).Status);

        await RunAsync("chown", "-R", $"{Nobody}:{Nobody}", setup.DataPath);

        await Eventually.AnswersTrueAsync(
            async () => (await gateway.PostAsync(Some.Event(2))).Status == 200, "events are stored once the files can be written");
        Assert.Equal(2, (await gateway.Client.EventsAsync()).Count);
    }

    private async Task<GatewaySetup> SetupAsync(bool keyConfigured)
    {
        await RunAsync("chmod", "755", _folder.Path);
        return new GatewaySetup
        {
            Folder = _folder.Path,
            Under = AsNobody,
            AdminKey = keyConfigured ? GatewaySetup.Key : null,
        };
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(command[0], command.Skip(1));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
