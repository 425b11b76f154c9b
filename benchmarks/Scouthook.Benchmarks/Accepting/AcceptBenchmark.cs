using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>
/// Measures how many events per second a real gateway process accepts durably, and what an event costs.
/// </summary>
internal sealed class AcceptBenchmark : IBenchmark
{
    private static readonly Row Server = new(
        "durable accept, 3 KB, 64 connections", "events/s", "the least durable server", Aim.RatioAtLeast(0.7));

    private static readonly Row Raw = new(
        "durable accept", "events/s", "the raw loop, 32 rows per synced transaction", Aim.RatioAtLeast(0.4));

    private static readonly Row StoreThread = new(
        "CPU per event, store thread", "µs", "the raw loop's thread", Aim.RatioAtMost(1.5));

    private static readonly Row Latency = new("accept p99, 64 connections", "ms", "its own p50", Aim.RatioAtMost(3));

    private static readonly Row StoreAlone = new("the store alone, batches of 32, without HTTP", "events/s", "the raw loop");

    public string Group => "accept";

    public string Title => "Durable accept";

    public string Notes =>
        "The client shares the machine's processors with the gateway and with the least durable server; the raw loop has them to itself.";

    public IReadOnlyList<Row> Rows => [Server, Raw, StoreThread, Latency, StoreAlone];

    public async Task MeasureAsync(Run run)
    {
        var (effort, events) = (run.Effort, new SignedEvents(0));
        using var raw = new RawSqlite(Path.Combine(run.NewFolder(), "raw.db"), events, effort.Warmup);
        using var fill = new StoreFill(events);
        await using var server = await Yardsticks.StartAsync(Yardsticks.LeastDurable, run.NewFolder());
        await using var gateway = await Gateway.StartAsync(run.NewFolder());
        await Rounds.SaturateAsync(run, server.Address, events, effort.Warmup);
        await Rounds.SaturateAsync(run, gateway.Address, events, effort.Warmup);
        for (var round = 0; round < effort.Rounds; round++)
        {
            gateway.Continue();
            var thread = gateway.StoreThreadSeconds;
            var ours = await Rounds.SaturateAsync(run, gateway.Address, events, effort.Time);
            thread = (gateway.StoreThreadSeconds - thread) * 1e6 / ours.Answered;
            gateway.Stop();

            var theirs = await Rounds.SaturateAsync(run, server.Address, events, effort.Time);
            var loop = raw.Measure(effort.Time);
            var alone = await fill.EventsPerSecondAsync(Path.Combine(run.NewFolder(), "scouthook.db"), RawSqlite.RowsPerTransaction, effort.Time);
            run.Record(Server, ours.PerSecond, theirs.PerSecond);
            run.Record(Raw, ours.PerSecond, loop.PerSecond);
            run.Record(StoreThread, thread, loop.Microseconds);
            run.Record(Latency, ours.P99, ours.P50);
            run.Record(StoreAlone, alone, loop.PerSecond);
        }
    }
}
