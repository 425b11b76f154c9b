using System.Globalization;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Delivering;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Growing;

/// <summary>Measures the delivery of a backlog as more attempts run at once, beside a bare client.</summary>
internal sealed class ConcurrencyBenchmark : IBenchmark
{
    private static readonly int[] Concurrencies = [1, 2, 4, 8, 16, 32, 64];

    private static readonly Curve Deliver = new(
        "concurrency", "A backlog delivered as more attempts run at once, 3 KB", "concurrent attempts", "deliveries/s");

    public string Group => "growth";

    public string Title => "Delivering as more attempts run at once";

    public string Notes => "One endpoint per concurrency; all but the measured one are paused. The bare client posts as many at once.";

    public IReadOnlyList<Row> Rows => [];

    public IReadOnlyList<Curve> Curves => [Deliver];

    public async Task MeasureAsync(Run run)
    {
        var (count, concurrencies) = (run.Effort.Backlog, run.Effort.Points(Concurrencies));
        await using var sink = await LocalSink.StartAsync();
        await using var client = await Yardsticks.StartAsync(Yardsticks.Client);
        await using var gateway = await DeliveringGateway.StartAsync(
            run.NewFolder(), sink, [.. concurrencies.Select(most => DeliveringGateway.Concurrency(Name(most), most))],
            [.. concurrencies.Select(Name)]);
        foreach (var most in concurrencies)
        {
            await gateway.SetAsync(Name(most), "pause");
        }

        await Draining.FillAsync(gateway, new SignedEvents(0), count);
        foreach (var most in concurrencies)
        {
            var ours = await Draining.BacklogAsync(run, gateway, sink, Name(most), count);
            var bare = await Draining.BareAsync(client, sink, Name(most), most, count);
            run.Record(Deliver, "gateway", most, ours.PerSecond);
            run.Record(Deliver, "bare client", most, bare.PerSecond);
        }
    }

    private static string Name(int concurrency) => string.Create(CultureInfo.InvariantCulture, $"at-once-{concurrency}");
}
