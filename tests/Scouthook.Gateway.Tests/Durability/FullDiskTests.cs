using System.Globalization;
using System.Net;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>A full disk loses nothing acknowledged, and freeing space is enough to resume.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Full_disk_returns_503_until_there_is_space_and_loses_nothing()
    {
        await using var disk = await Disk.MountAsync(_folder["disk"], "8m");
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[3 * 1024 * 1024], TestContext.Current.CancellationToken);
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path, Data = "disk" }
                .With("Scouthook:Gateway:MinFreeDiskBytes", 1024 * 1024));
        Assert.Equal(HttpStatusCode.OK, (await gateway.ReadyAsync()).Status);

        var acknowledged = new List<SentEvent>();
        var refused = new List<SentEvent>();
        using (var client = await gateway.ConnectAsync())
        {
            for (var number = 0; refused.Count < 20; number++)
            {
                Assert.True(number < 100_000, "the disk never got full");
                var sent = Some.Event(number);
                var answer = await client.ExchangeAsync(sent.Request());
                Assert.NotNull(answer);
                if (answer.Status == 200)
                {
                    acknowledged.Add(sent);
                    continue;
                }

                Assert.Equal(503, answer.Status);
                Assert.InRange(int.Parse(answer["Retry-After"]!, CultureInfo.InvariantCulture), 1, 60);
                refused.Add(sent);
            }
        }

        Figures.Print($"{acknowledged.Count} events before the disk was full");
        Assert.True(acknowledged.Count > 20, "the disk was full before anything was kept");
        var (status, health) = await gateway.ReadyAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("notReady", (string?)health["status"]);
        Assert.Equal("notReady", (string?)health["checks"]!["disk"]!["status"]);
        Assert.Contains("MinFreeDiskBytes", (string?)health["checks"]!["disk"]!["detail"], StringComparison.Ordinal);
        Assert.Equal(acknowledged.Count, (await gateway.Client.EventsAsync("limit=500")).Count);

        File.Delete(ballast);
        foreach (var sent in refused)
        {
            Assert.Equal(200, (await gateway.PostAsync(sent)).Status);
            acknowledged.Add(sent);
        }

        Assert.Equal(HttpStatusCode.OK, (await gateway.ReadyAsync()).Status);
        Assert.Equal(0, await gateway.StopAsync());
        var all = acknowledged.Select(sent => sent.Hash).ToHashSet();
        Store.Holds(gateway.Setup.Database, acknowledged, all.Contains);
    }

    [Fact]
    public async Task Full_disk_does_not_prevent_startup()
    {
        await using var disk = await Disk.MountAsync(_folder["disk"], "1m");
        var ballast = Path.Combine(disk.Path, "ballast");
        await using (var file = File.Create(ballast))
        {
            var full = false;
            var chunk = new byte[4096];
            while (!full)
            {
                try
                {
                    await file.WriteAsync(chunk, TestContext.Current.CancellationToken);
                    await file.FlushAsync(TestContext.Current.CancellationToken);
                }
                catch (IOException)
                {
                    full = true;
                }
            }
        }

        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Folder = _folder.Path, Data = "disk", AdminKey = null });
        var refused = await gateway.PostAsync(Some.Event(1));

        Assert.Equal(503, refused.Status);
        Assert.NotNull(refused["Retry-After"]);
        File.Delete(ballast);
        await Eventually.AnswersTrueAsync(
            async () => (await gateway.PostAsync(Some.Event(1))).Status == 200, "events are stored once there is space");
    }
}
