using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Growing;

/// <summary>Measures accepting as connections are added and as bodies grow, beside the least durable server.</summary>
internal sealed class ConnectionsBenchmark : IBenchmark
{
    private const string Ours = "gateway";
    private const string Theirs = "least durable server";

    private static readonly Curve Connections = new("connections", "Accept as connections are added, 3 KB", "connections", "events/s");

    private static readonly Curve Tail = new("connections-p99", "p99 of accepting as connections are added, 3 KB", "connections", "ms");

    private static readonly Curve Size = new("size", "Accept as bodies grow, 64 connections", "KB", "events/s");

    public string Group => "growth";

    public string Title => "Accept as connections are added and bodies grow";

    public string Notes => "Each point is one round. `MaxConnectionsPerAddress` is raised, since all connections are from one address.";

    public IReadOnlyList<Row> Rows => [];

    public IReadOnlyList<Curve> Curves => [Connections, Tail, Size];

    public async Task MeasureAsync(Run run)
    {
        var (effort, events) = (run.Effort, new SignedEvents(0));
        await using var server = await Yardsticks.StartAsync(Yardsticks.LeastDurable, run.NewFolder());
        await using var gateway = await Accepting.Gateway.StartAsync(
            run.NewFolder(), ("Scouthook:Gateway:MaxConnectionsPerAddress", "1000"));
        await Rounds.SaturateAsync(run, server.Address, events, effort.Warmup);
        await Rounds.SaturateAsync(run, gateway.Address, events, effort.Warmup);
        foreach (var connections in effort.Points(1, 4, 16, 64, 128, 256))
        {
            var ours = await Rounds.SaturateAsync(run, gateway.Address, events, effort.Time, connections);
            var theirs = await Rounds.SaturateAsync(run, server.Address, events, effort.Time, connections);
            run.Record(Connections, Ours, connections, ours.PerSecond);
            run.Record(Connections, Theirs, connections, theirs.PerSecond);
            run.Record(Tail, Ours, connections, ours.P99);
            run.Record(Tail, Theirs, connections, theirs.P99);
        }

        foreach (var kilobytes in effort.Points(0.2, 1, 3, 20, 60, 200))
        {
            // Large bodies are made while they are sent, since those of a round would fill the memory.
            var sized = new SignedEvents(100_000_000, (int)(kilobytes * 1_000));
            run.Record(Size, Ours, kilobytes, await RateAsync(gateway.Address, sized));
            run.Record(Size, Theirs, kilobytes, await RateAsync(server.Address, sized));
        }

        async Task<double> RateAsync(System.Net.IPEndPoint address, SignedEvents sized) =>
            (await LoadClient.MeasureAsync(address, Rounds.Connections, sized.NextRequest, effort.Time)).PerSecond;
    }
}
