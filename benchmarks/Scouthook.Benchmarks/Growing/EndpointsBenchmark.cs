using System.Globalization;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Delivering;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Growing;

/// <summary>Measures accepting as endpoints are added.</summary>
internal sealed class EndpointsBenchmark : IBenchmark
{
    private static readonly int[] Counts = [0, 1, 10, 100, 1_000];

    private static readonly Curve Accept = new("endpoints", "Accept as endpoints are added, 64 connections", "endpoints", "events/s");

    public string Group => "growth";

    public string Title => "Accept as endpoints are added";

    public string Notes => "Every endpoint but the first is added through the API. Those for every event are delivered to while the gateway accepts.";

    public IReadOnlyList<Row> Rows => [];

    public IReadOnlyList<Curve> Curves => [Accept];

    public async Task MeasureAsync(Run run)
    {
        await using var sink = await LocalSink.StartAsync();
        foreach (var (series, pattern) in new[] { ("all for other events", "tag.created"), ("all for every event", "*") })
        {
            var (events, endpoints) = (new SignedEvents(0), 0);
            await using var gateway = await DeliveringGateway.StartAsync(run.NewFolder(), sink);
            await Rounds.SaturateAsync(run, gateway.Process.Address, events, run.Effort.Warmup);
            foreach (var count in Counts.Where(count => count <= run.Effort.Endpoints))
            {
                for (; endpoints < count; endpoints++)
                {
                    await gateway.CreateAsync(string.Create(CultureInfo.InvariantCulture, $"well {endpoints}"), $"{sink.Url}/well", pattern);
                }

                var load = await Rounds.SaturateAsync(run, gateway.Process.Address, events, run.Effort.Time);
                run.Record(Accept, series, count, load.PerSecond);
            }
        }
    }
}
