using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>Measures accepting and delivering at the same time, at fixed rates.</summary>
internal sealed class SteadyBenchmark : IBenchmark
{
    private const int Busy = 1_000;
    private const int Calm = 400;

    private static readonly Row Together = new(
        "delivered to 3 endpoints while accepting 1,000 events/s", "deliveries/s", "three times what was accepted",
        Aim.RatioAtLeast(0.99));

    private static readonly Row Processor = new(
        "CPU of the process, accepting and delivering 400/s", "cores", Aim: Aim.ValueAtMost(0.3, "cores"));

    private static readonly Row Idle = new(
        "response to sink while idle, one event each 50 ms, p50", "ms", Aim: Aim.ValueAtMost(3, "ms"));

    public string Group => "deliver";

    public string Title => "Accepting and delivering, 3 KB";

    public string Notes =>
        "The first row compares what the sink received within the time of accepting; below 1, the backlog grows. "
        + "Load, sink and gateway share the machine's processors.";

    public IReadOnlyList<Row> Rows => [Together, Processor, Idle];

    public async Task MeasureAsync(Run run)
    {
        await using var sink = await LocalSink.StartAsync();
        await using (var gateway = await DeliveringGateway.StartAsync(run.NewFolder(), sink, "one", "two", "three"))
        {
            var events = new SignedEvents(0);
            await ForEachRoundAsync(run, async isMeasured =>
            {
                var (taken, count) = (sink.Taken, (int)(Busy * run.Effort.Time.TotalSeconds));
                var (seconds, delivered) = await SendAsync(gateway, sink, events, count, Busy);
                if (isMeasured)
                {
                    run.Record(Together, delivered / seconds, 3 * count / seconds);
                }

                await sink.UntilAsync(taken + (3 * count), TimeSpan.FromMinutes(2));
            });
        }

        await using (var gateway = await DeliveringGateway.StartAsync(run.NewFolder(), sink, "one"))
        {
            var events = new SignedEvents(0);
            var arrivals = new Arrivals(sink);
            var calm = run.Effort.Time > run.Effort.Housekeeping ? run.Effort.Time : run.Effort.Housekeeping;
            await ForEachRoundAsync(run, async isMeasured =>
            {
                var (taken, count, processor) = (sink.Taken, (int)(Calm * calm.TotalSeconds), gateway.Process.ProcessorSeconds);
                var (seconds, _) = await SendAsync(gateway, sink, events, count, Calm);
                processor = gateway.Process.ProcessorSeconds - processor;
                await sink.UntilAsync(taken + count, TimeSpan.FromMinutes(2));
                await Task.Delay(run.Effort.Settle);
                var idle = await arrivals.MeasureAsync(gateway.Process, events, run.Effort.IsSmoke ? 5 : 100, 20);
                if (isMeasured)
                {
                    run.Record(Processor, processor / seconds);
                    run.Record(Idle, Samples.At(idle, 0.5));
                }
            });
        }
    }

    private static async Task<(double Seconds, int Delivered)> SendAsync(
        DeliveringGateway gateway, LocalSink sink, SignedEvents events, int count, double rate)
    {
        var (taken, watch) = (sink.Taken, System.Diagnostics.Stopwatch.StartNew());
        await LoadClient.ScheduleAsync(gateway.Process.Address, 16, events.Requests(count), rate);
        // The last event may be on its way.
        await Task.Delay(TimeSpan.FromMilliseconds(20));
        return (watch.Elapsed.TotalSeconds, sink.Taken - taken);
    }

    private static async Task ForEachRoundAsync(Run run, Func<bool, Task> round)
    {
        for (var number = -run.Effort.WarmupRounds; number < run.Effort.Rounds; number++)
        {
            await round(number >= 0);
        }
    }
}
