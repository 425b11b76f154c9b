using System.Net;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>
/// Accepts for long enough that work cannot be put off: nothing deferred may be longer at the end than at the start.
/// </summary>
internal sealed class LongAcceptBenchmark : IBenchmark
{
    private static readonly Row Server = new(
        "durable accept, without a pause (60 s in a full run)", "events/s", "the least durable server", Aim.RatioAtLeast(0.7));

    private static readonly Row Processor = new("CPU per event, gateway process, housekeeping included", "µs", "the least durable server's process");

    private static readonly Row Log = new("write-ahead log at the end", "MB", "at the start", Aim.RatioAtMost(1.1));

    private static readonly Row Uncounted = new("events not yet in the statistics at the end", "s of accepting", Aim: Aim.ValueAtMost(15, "s"));

    private static readonly Row Growth = new("rate of the last sixth", "events/s", "of the first sixth", Aim.RatioAtLeast(0.9));

    private const int Parts = 6;

    public string Group => "accept";

    public string Title => "Accepting without a pause";

    public string Notes =>
        "Requests are made while they are sent, on both sides, so rates are lower than in the row above. "
        + "The start is the end of the warm-up, at the same rate.";

    public IReadOnlyList<Row> Rows => [Server, Processor, Log, Uncounted, Growth];

    public async Task MeasureAsync(Run run)
    {
        var (effort, events, data) = (run.Effort, new SignedEvents(0), run.NewFolder());
        var part = effort.LongTime / Parts;
        var ours = new List<Load>();
        double processor;
        await using (var gateway = await Gateway.StartAsync(data))
        {
            // No pause between the parts: what is deferred stays deferred.
            await AcceptAsync(gateway.Address, effort.IsSmoke ? part : TimeSpan.FromSeconds(10));
            var before = Deferred.Read(data);
            processor = gateway.ProcessorSeconds;
            for (var number = 0; number < Parts; number++)
            {
                ours.Add(await AcceptAsync(gateway.Address, part));
            }

            var after = Deferred.Read(data);
            processor = (gateway.ProcessorSeconds - processor) * 1e6 / ours.Sum(load => load.Answered);
            run.Record(Log, after.LogBytes / 1e6, before.LogBytes / 1e6);
            run.Record(Uncounted, after.UncountedEvents / ours[^1].PerSecond);
            run.Record(Growth, ours[^1].PerSecond, ours[0].PerSecond);
        }

        await using var server = await Yardsticks.StartAsync(Yardsticks.LeastDurable, run.NewFolder());
        await AcceptAsync(server.Address, effort.Warmup);
        var least = server.ProcessorSeconds;
        var theirs = await AcceptAsync(server.Address, effort.LongTime);
        run.Record(Server, ours.Average(load => load.PerSecond), theirs.PerSecond);
        run.Record(Processor, processor, (server.ProcessorSeconds - least) * 1e6 / theirs.Answered);

        Task<Load> AcceptAsync(IPEndPoint address, TimeSpan time) =>
            LoadClient.MeasureAsync(address, Rounds.Connections, events.NextRequest, time);
    }
}
