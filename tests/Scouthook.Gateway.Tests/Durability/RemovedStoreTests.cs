using System.Globalization;
using System.Net;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>
/// The store is removed while the gateway runs. Every event once got 200, and none remained after a restart.
/// </summary>
public sealed class RemovedStoreTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Removed_store_returns_503_until_it_is_restored()
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });
        var kept = Some.Event(1);
        Assert.Equal(200, (await gateway.PostAsync(kept)).Status);
        await gateway.LineAsync("First start: created the store");
        Directory.CreateDirectory(_folder["away"]);

        foreach (var file in Directory.EnumerateFiles(gateway.Setup.DataPath, "scouthook.db*"))
        {
            File.Move(file, Path.Combine(_folder["away"], Path.GetFileName(file)));
        }

        for (var number = 2; number < 6; number++)
        {
            var refused = await gateway.PostAsync(Some.Event(number));
            Assert.Equal(503, refused.Status);
            Assert.InRange(int.Parse(refused["Retry-After"]!, CultureInfo.InvariantCulture), 1, 60);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.ReadyAsync()).Status);
        Assert.Contains("not there any more", await gateway.LineAsync("until the store is back"), StringComparison.Ordinal);
        var problem = await gateway.Client.JsonAsync("/api/v1/events", HttpStatusCode.ServiceUnavailable);
        Assert.NotNull((string?)problem["detail"]);
        Assert.Empty(Directory.EnumerateFiles(gateway.Setup.DataPath, "scouthook.db*"));
        Assert.Single(gateway.Output.Split('\n'), line => line.Contains("until the store is back", StringComparison.Ordinal));

        foreach (var file in Directory.EnumerateFiles(_folder["away"]))
        {
            File.Move(file, Path.Combine(gateway.Setup.DataPath, Path.GetFileName(file)));
        }

        var added = Some.Event(7);
        await Eventually.AnswersTrueAsync(
            async () => (await gateway.PostAsync(added)).Status == 200, "events are stored once the store is back");
        Assert.Equal(HttpStatusCode.OK, (await gateway.ReadyAsync()).Status);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Equal([kept.Hash, added.Hash], Store.Read(gateway.Setup.Database).Select(row => row.Hash));
    }

    [Fact]
    public async Task Events_acknowledged_while_the_files_are_removed_repeatedly_survive_a_restart()
    {
        var setup = new GatewaySetup { Folder = _folder.Path };
        var acknowledged = new List<SentEvent>();
        await using (var gateway = await GatewayProcess.StartAsync(setup))
        {
            Directory.CreateDirectory(_folder["away"]);
            var isAway = false;
            for (var number = 0; number < 120; number++)
            {
                if (number % 10 == 9)
                {
                    Directory.Move(isAway ? _folder["away/data"] : setup.DataPath, isAway ? setup.DataPath : _folder["away/data"]);
                    isAway = !isAway;
                }

                var sent = Some.Event(number);
                var answer = await gateway.PostAsync(sent);
                Assert.True(answer.Status is 200 or 503, $"answered {answer.Status}");
                if (answer.Status == 200)
                {
                    Assert.False(isAway, $"event {number} was acknowledged while the store was away");
                    acknowledged.Add(sent);
                }
            }

            await gateway.KillAsync();
        }

        Assert.NotEmpty(acknowledged);
        await using var again = await GatewayProcess.StartAsync(setup);
        var stored = Store.Read(setup.Database).Select(row => row.Hash).ToHashSet();
        Assert.All(acknowledged, sent => Assert.Contains(sent.Hash, stored));
    }
}
