using System.Net;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>
/// A store with corrupt content. Lists once returned 500 with an empty body while the gateway reported ready.
/// </summary>
public sealed class DamagedStoreTests : IDisposable
{
    private static readonly string[] Routes =
    [
        "/api/v1/events", "/api/v1/events?q=x", "/api/v1/endpoints", "/api/v1/deliveries", "/api/v1/replays", "/api/v1/sources",
        "/api/v1/stats?window=1h", "/api/v1/audit", "/api/v1/keys", "/api/v1/stream",
    ];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Damaged_store_returns_503_everywhere_with_the_remedy()
    {
        var setup = new GatewaySetup { Folder = _folder.Path };
        await using var gateway = await GatewayProcess.StartAsync(setup);
        foreach (var sent in Some.Events(40))
        {
            Assert.Equal(200, (await gateway.PostAsync(sent)).Status);
        }

        Assert.Equal(0, await gateway.StopAsync());
        await using var damaged = await GatewayProcess.StartAsync(setup);
        Damage(setup.Database);

        await damaged.LineAsync("the store is damaged");
        for (var number = 100; number < 105; number++)
        {
            var refused = await damaged.PostAsync(Some.Event(number));
            Assert.Equal(503, refused.Status);
            Assert.NotNull(refused["Retry-After"]);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await damaged.ReadyAsync()).Status);
        foreach (var route in Routes)
        {
            var problem = await damaged.Client.JsonAsync(route, HttpStatusCode.ServiceUnavailable);
            Assert.Contains("backup", (string?)problem["detail"], StringComparison.Ordinal);
        }

        Assert.Single(damaged.Output.Split('\n'), line => line.Contains("the store is damaged", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", damaged.Output, StringComparison.Ordinal);
        Assert.True(damaged.IsRunning);
    }

    [Fact]
    public async Task Damaged_store_prevents_startup()
    {
        var setup = new GatewaySetup { Folder = _folder.Path };
        await using (var gateway = await GatewayProcess.StartAsync(setup))
        {
            Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);
            Assert.Equal(0, await gateway.StopAsync());
        }

        Damage(setup.Database);
        var (exitCode, output) = await GatewayProcess.RunAsync(setup);

        Assert.Equal(1, exitCode);
        Assert.Contains("restore the store from a backup", output, StringComparison.Ordinal);
    }

    private static void Damage(string database)
    {
        using var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = file.Length / 2;
        file.Write([.. Enumerable.Range(0, 64 * 1024).Select(index => (byte)((index * 31) ^ (index >> 5)))]);
    }
}
