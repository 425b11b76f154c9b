using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;
using Scouthook.Inbox.PostgreSql;

namespace Scouthook.Benchmarks.Sharing;

/// <summary>Measures the first page of each kind of list on PostgreSQL with many stored events, while a node accepts at full rate.</summary>
internal sealed class SharedVolumeBenchmark : IBenchmark
{
    private const int Batch = 2_000;
    private const int Days = 30;

    private static readonly FirstPages Pages = new(" on PostgreSQL");

    public string Group => "nodes-volume";

    public string Title => "Stored events on PostgreSQL";

    public string Notes =>
        "A node on a store filled by the code of the receiver with events of 30 days. First pages are requested while it accepts at full "
        + "rate; each figure is the slowest median of its rounds' requests.";

    public IReadOnlyList<Row> Rows => Pages.Rows;

    public async Task MeasureAsync(Run run)
    {
        var events = new SignedEvents(0);
        await using var server = await PostgreSqlProcess.StartAsync(run);
        var connectionString = await server.CreateAsync();
        await FillAsync(connectionString, events, run.Effort.StoredEvents);
        await using var gateway = await Accepting.Gateway.StartAsync(run.NewFolder(), SharedStore.Settings(connectionString));
        await Rounds.SaturateAsync(run, gateway.Address, events, run.Effort.Warmup);
        await Pages.MeasureAsync(run, gateway.Address, events);
    }

    private static async Task FillAsync(string connectionString, SignedEvents events, int count)
    {
        using var store = new SharedStore(connectionString);
        using var fill = new StoreFill(events);
        var inbox = new PostgreSqlInbox(store.Writer, TimeSpan.FromHours(48));
        var start = DateTimeOffset.UtcNow - TimeSpan.FromDays(Days);
        for (var done = 0; done < count; done += Batch)
        {
            var first = done;
            await inbox.AppendAsync(fill.Batch(
                Math.Min(Batch, count - done), index => start + (TimeSpan.FromDays(Days) * ((double)(first + index) / count))));
        }

        await store.ExecuteAsync("VACUUM ANALYZE");
        await store.ExecuteAsync("CHECKPOINT");
    }
}
