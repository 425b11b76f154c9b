using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>Measures how quickly one endpoint gets its backlog, and what a delivery costs.</summary>
internal sealed class BacklogBenchmark : IBenchmark
{
    private const string Endpoint = "well";
    private const int Concurrency = 64;

    private static readonly Row Rate = new(
        "a backlog delivered to one endpoint, 64 at once", "deliveries/s", "a bare HttpClient loop, 64 at once", Aim.RatioAtLeast(0.4));

    private static readonly Row Processor = new(
        "CPU per delivery, gateway process", "µs", "the bare client's process", Aim.RatioAtMost(2.5));

    public string Group => "deliver";

    public string Title => "Delivering a backlog, 3 KB";

    public string Notes =>
        "The sink shares the machine's processors with the gateway and with the bare client, each a process of its own. "
        + "CPU includes storing every outcome, and housekeeping.";

    public IReadOnlyList<Row> Rows => [Rate, Processor];

    public async Task MeasureAsync(Run run)
    {
        var (events, count) = (new SignedEvents(0), run.Effort.Backlog);
        await using var sink = await LocalSink.StartAsync();
        await using var client = await Yardsticks.StartAsync(Yardsticks.Client);
        await using var gateway = await DeliveringGateway.StartAsync(
            run.NewFolder(), sink, [DeliveringGateway.Concurrency(Endpoint, Concurrency)], Endpoint);
        await gateway.SetAsync(Endpoint, "pause");
        for (var round = -run.Effort.WarmupRounds; round < run.Effort.Rounds; round++)
        {
            await Draining.FillAsync(gateway, events, count);
            // Accepting is not part of a delivery's cost, nor is its housekeeping.
            await Task.Delay(round < 0 ? TimeSpan.Zero : run.Effort.Housekeeping);
            var ours = await Draining.BacklogAsync(run, gateway, sink, Endpoint, count);
            gateway.Process.Stop();
            var bare = await Draining.BareAsync(client, sink, Endpoint, Concurrency, count);
            gateway.Process.Continue();
            if (round >= 0)
            {
                run.Record(Rate, ours.PerSecond, bare.PerSecond);
                run.Record(Processor, ours.Microseconds, bare.Microseconds);
            }
        }
    }
}
