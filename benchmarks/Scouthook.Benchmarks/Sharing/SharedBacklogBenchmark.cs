using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Delivering;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Sharing;

/// <summary>Measures how quickly one and two nodes deliver a backlog that is stored in PostgreSQL.</summary>
internal sealed class SharedBacklogBenchmark : IBenchmark
{
    private const string Endpoint = "well";
    private const int Concurrency = 64;

    private static readonly Row Rate = new(
        "a backlog delivered from PostgreSQL to one endpoint, 64 at once", "deliveries/s", "a bare HttpClient loop, 64 at once");

    private static readonly Row Processor = new("CPU per delivery from PostgreSQL, gateway process", "µs", "the bare client's process");
    private static readonly Row Two = new("the same backlog delivered by two nodes, 64 at once each", "deliveries/s", "by one node");

    public string Group => "nodes";

    public string Title => "Delivering a backlog from PostgreSQL, 3 KB";

    public string Notes => "The sink, the nodes and the PostgreSQL server share the machine's processors; the bare client shares them with the sink only.";

    public IReadOnlyList<Row> Rows => [Rate, Processor, Two];

    public async Task MeasureAsync(Run run)
    {
        var (events, count) = (new SignedEvents(0), run.Effort.Backlog);
        await using var sink = await LocalSink.StartAsync();
        await using var client = await Yardsticks.StartAsync(Yardsticks.Client);
        await using var server = await PostgreSqlProcess.StartAsync(run);
        await using var alone = await StartAsync(run, sink, await server.CreateAsync());
        var shared = await server.CreateAsync();
        await using var one = await StartAsync(run, sink, shared);
        await using var two = await StartAsync(run, sink, shared);
        await alone.SetAsync(Endpoint, "pause");
        await one.SetAsync(Endpoint, "pause");
        for (var round = run.Effort.IsSmoke ? 0 : -1; round < run.Effort.Rounds; round++)
        {
            await Draining.FillAsync(alone, events, count);
            await Draining.FillAsync(one, events, count);
            await Task.Delay(run.Effort.Housekeeping);
            var single = await Draining.BacklogAsync(run, alone, sink, Endpoint, count);
            var both = await Draining.BacklogAsync(run, one, sink, Endpoint, count);
            var bare = await Draining.BareAsync(client, sink, Endpoint, Concurrency, count);
            if (round >= 0)
            {
                run.Record(Rate, single.PerSecond, bare.PerSecond);
                run.Record(Processor, single.Microseconds, bare.Microseconds);
                run.Record(Two, both.PerSecond, single.PerSecond);
            }
        }
    }

    private static Task<DeliveringGateway> StartAsync(Run run, LocalSink sink, string connectionString) => DeliveringGateway.StartAsync(
        run.NewFolder(), sink, [DeliveringGateway.Concurrency(Endpoint, Concurrency), .. SharedStore.Settings(connectionString)], Endpoint);
}
