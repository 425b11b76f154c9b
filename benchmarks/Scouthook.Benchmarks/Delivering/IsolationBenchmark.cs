using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>Measures what slow and failing endpoints cost another.</summary>
internal sealed class IsolationBenchmark : IBenchmark
{
    private const int PerSecond = 100;

    private static readonly Row Beside = new(
        "response to sink, p99 at 100/s, beside an endpoint that hangs and one that answers 500", "ms", "the endpoint alone",
        Aim.RatioAtMost(1.5));

    public string Group => "deliver";

    public string Title => "Beside endpoints that hang or fail";

    public string Notes => "Two gateways; the one that is not measured is suspended.";

    public IReadOnlyList<Row> Rows => [Beside];

    public async Task MeasureAsync(Run run)
    {
        var (events, count) = (new SignedEvents(0), run.Effort.IsSmoke ? 20 : 1_000);
        await using var sink = await LocalSink.StartAsync();
        var arrivals = new Arrivals(sink);
        await using var alone = await DeliveringGateway.StartAsync(run.NewFolder(), sink, "well");
        await using var beside = await DeliveringGateway.StartAsync(run.NewFolder(), sink, "well", "failing", "hanging");
        for (var round = -run.Effort.WarmupRounds; round < run.Effort.Rounds; round++)
        {
            alone.Process.Continue();
            beside.Process.Stop();
            var one = await arrivals.MeasureAsync(alone.Process, events, count, PerSecond);
            alone.Process.Stop();
            beside.Process.Continue();
            var other = await arrivals.MeasureAsync(beside.Process, events, count, PerSecond);
            if (round >= 0)
            {
                run.Record(Beside, Samples.At(other, 0.99), Samples.At(one, 0.99));
            }
        }
    }
}
