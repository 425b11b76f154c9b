namespace Scouthook.Gateway.Tests.Durability;

/// <summary>Kills the process while it receives, and checks every event it had acknowledged.</summary>
public sealed class KillTests : IDisposable
{
    private const int Seed = 20260302;
    private const int Connections = 64;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Acknowledged_events_survive_a_kill_exactly_once_and_complete()
    {
        var rounds = Rounds.Of(10, 200);
        var random = new Random(Seed);
        var setup = new GatewaySetup { Folder = _folder.Path };
        var gateway = await GatewayProcess.StartAsync(setup);
        var (total, highest) = (0, 0L);
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var load = new Load(gateway.Port, Some.Events(int.MaxValue, round * 10_000_000L));
                var running = load.RunAsync(Connections, TestContext.Current.CancellationToken);
                await Eventually.TrueAsync(() => !load.Acknowledged.IsEmpty, "events are being acknowledged");
                await Task.Delay(
                    TimeSpan.FromMilliseconds(600 * random.NextDouble()), TimeProvider.System,
                    TestContext.Current.CancellationToken);
                await gateway.KillAsync();
                await running;
                await gateway.DisposeAsync();
                gateway = await GatewayProcess.StartAsync(setup);

                var rows = Store.Read(setup.Database, above: highest);
                var kept = rows.ToLookup(row => row.Hash);
                Assert.All(load.Acknowledged, sent => Assert.True(
                    kept[sent.Hash].Count() == 1,
                    $"round {round}: an event answered with 200 is there {kept[sent.Hash].Count()} times"));
                Assert.All(rows, row => Assert.True(
                    row.Hash is not null && load.Sent.ContainsKey(row.Hash), $"round {round}: {row} was never sent"));
                Assert.Distinct(rows.Select(row => row.Sequence));
                Figures.Print(
                    $"round {round}: {load.Sent.Count} sent, {load.Acknowledged.Count} answered with 200, {rows.Count} stored");
                total += rows.Count;
                highest = rows.Count > 0 ? rows[^1].Sequence : highest;
            }

            Assert.Equal(total, Store.Count(setup.Database, "event"));
            Assert.Equal(total, Store.Count(setup.Database, "event_body"));
            Assert.Equal("ok", Store.Scalar(setup.Database, "PRAGMA integrity_check"));
            Assert.True(total > 20 * rounds, $"only {total} events in {rounds} rounds: nothing was under way when killed");
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }
}
