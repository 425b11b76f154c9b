using System.Globalization;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>Measures what the number of endpoints costs accepting.</summary>
internal sealed class ManyEndpointsBenchmark : IBenchmark
{
    private static readonly Row OtherEvents = new(
        "accept with 1,000 endpoints, all but one for other events", "events/s", "one endpoint", Aim.RatioAtLeast(0.95));

    private static readonly Row AllEvents = new(
        "accept with 1,000 endpoints, all for every event", "events/s", "one endpoint", Aim.RatioAtLeast(0.95));

    public string Group => "deliver";

    public string Title => "Accept with many endpoints";

    public string Notes => "Two gateways that accept at full rate while they deliver; the one that is not measured is suspended.";

    public IReadOnlyList<Row> Rows => [OtherEvents, AllEvents];

    public async Task MeasureAsync(Run run)
    {
        await using var sink = await LocalSink.StartAsync();
        await using var single = await DeliveringGateway.StartAsync(run.NewFolder(), sink, "well");
        var events = new SignedEvents(0);
        await MeasureAsync(run, sink, single, events, OtherEvents, "tag.created");
        await MeasureAsync(run, sink, single, events, AllEvents, "*");
    }

    private static async Task MeasureAsync(
        Run run, LocalSink sink, DeliveringGateway single, SignedEvents events, Row row, string pattern)
    {
        await using var crowded = await DeliveringGateway.StartAsync(run.NewFolder(), sink, "well");
        for (var number = 1; number < run.Effort.Endpoints; number++)
        {
            await crowded.CreateAsync(string.Create(CultureInfo.InvariantCulture, $"well {number}"), $"{sink.Url}/well", pattern);
        }

        for (var round = -run.Effort.WarmupRounds; round < run.Effort.Rounds; round++)
        {
            var many = await RateAsync(crowded, single);
            var one = await RateAsync(single, crowded);
            if (round >= 0)
            {
                run.Record(row, many, one);
            }
        }

        async Task<double> RateAsync(DeliveringGateway measured, DeliveringGateway other)
        {
            other.Process.Stop();
            measured.Process.Continue();
            return (await Rounds.SaturateAsync(run, measured.Process.Address, events, run.Effort.Time)).PerSecond;
        }
    }
}
