using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Sharing;

/// <summary>Measures how many events per second one, two and three nodes accept durably on one PostgreSQL server.</summary>
internal sealed class SharedAcceptBenchmark : IBenchmark
{
    private static readonly Row Raw = new(
        "durable accept on PostgreSQL, 3 KB, 64 connections", "events/s", "a bare multi-row insert loop, as many rows per commit", Aim.RatioAtLeast(0.6));

    private static readonly Row Sqlite = new("durable accept on PostgreSQL", "events/s", "on SQLite");
    private static readonly Row Two = new("durable accept by two nodes, 64 connections in all", "events/s", "by one node");
    private static readonly Row Three = new("durable accept by three nodes, 64 connections in all", "events/s", "by one node");
    private static readonly Row Latency = new("accept p99 on PostgreSQL, 64 connections", "ms", "its own p50");
    private static readonly Row Batch = new("events per commit, one node, 64 connections", "events");

    public string Group => "nodes";

    public string Title => "Durable accept on PostgreSQL";

    public string Notes =>
        "The client, the nodes and the PostgreSQL server share the machine's processors and its disk; the raw loop shares them with the "
        + "server only. Nodes append in turn, so more of them are for availability, not for volume.";

    public IReadOnlyList<Row> Rows => [Raw, Sqlite, Two, Three, Latency, Batch];

    public async Task MeasureAsync(Run run)
    {
        var (effort, events) = (run.Effort, new SignedEvents(0));
        await using var server = await PostgreSqlProcess.StartAsync(run);
        var settings = SharedStore.Settings(await server.CreateAsync());
        await using var one = await Accepting.Gateway.StartAsync(run.NewFolder(), settings);
        await using var two = await Accepting.Gateway.StartAsync(run.NewFolder(), settings);
        await using var three = await Accepting.Gateway.StartAsync(run.NewFolder(), settings);
        await using var sqlite = await Accepting.Gateway.StartAsync(run.NewFolder());
        using var raw = new RawPostgreSql(await server.CreateAsync(), events);
        foreach (var gateway in (Accepting.Gateway[])[one, two, three, sqlite])
        {
            await Rounds.SaturateAsync(run, gateway.Address, events, effort.Warmup);
        }

        for (var round = 0; round < effort.Rounds; round++)
        {
            var before = await SharedStore.CommitsAsync(one.Address);
            var alone = await Rounds.SaturateAsync(run, one.Address, events, effort.Time);
            var after = await SharedStore.CommitsAsync(one.Address);
            var batch = Math.Max(1, (after.Events - before.Events) / Math.Max(1, after.Commits - before.Commits));
            run.Record(Batch, batch);
            run.Record(Latency, alone.P99, alone.P50);
            run.Record(Raw, alone.PerSecond, raw.Measure((int)Math.Round(batch), effort.Time));
            run.Record(Sqlite, alone.PerSecond, (await Rounds.SaturateAsync(run, sqlite.Address, events, effort.Time)).PerSecond);
            run.Record(Two, await AllAsync(one, two), alone.PerSecond);
            run.Record(Three, await AllAsync(one, two, three), alone.PerSecond);
        }

        async Task<double> AllAsync(params Accepting.Gateway[] nodes) => (await Task.WhenAll(nodes.Select(node =>
            Rounds.SaturateAsync(run, node.Address, events, effort.Time, Rounds.Connections / nodes.Length)))).Sum(load => load.PerSecond);
    }
}
