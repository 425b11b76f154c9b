using System.Diagnostics;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>
/// Measures whether accepting and reading get slower as the store grows: two gateways, one on an empty store.
/// </summary>
internal sealed class VolumeBenchmark : IBenchmark
{
    private const int Batch = 2_000;
    private const int Days = 30;

    private static readonly FirstPages Pages = new("");

    private static readonly Row Accept = new(
        "accept on a full store (5 million events in a full run)", "events/s", "on one that was empty", Aim.RatioAtLeast(0.95));

    private static readonly Curve Stored = new("stored", "Accept as the store grows", "stored events", "events/s");

    /// <summary>The parts of the store at which a gateway is measured on the way to the full one.</summary>
    private static readonly double[] Parts = [0.01, 0.1, 0.3, 0.6, 1];

    public string Group => "volume";

    public string Title => "Stored events";

    public string Notes =>
        "Two gateways accept in turn, on a store filled by the code of the receiver with events of 30 days, and on an empty one. "
        + "First pages are requested while the full one accepts at full rate; each figure is the slowest median of its rounds' requests.";

    public IReadOnlyList<Row> Rows => [Accept, .. Pages.Rows];

    public IReadOnlyList<Curve> Curves => [Stored];

    public async Task MeasureAsync(Run run)
    {
        var (effort, events, folder) = (run.Effort, new SignedEvents(0), run.NewFolder());
        var file = Path.Combine(folder, "scouthook.db");
        await using var other = await StartAsync(run.NewFolder());
        run.Record(Stored, "gateway", 0, (await Rounds.SaturateAsync(run, other.Address, events, effort.Time)).PerSecond);
        var stored = 0;
        foreach (var part in Parts.Where(part => part is 1 || !effort.IsSmoke))
        {
            var count = Math.Max(Batch, (int)(effort.StoredEvents * part));
            await FillAsync(file, events, stored, count, effort);
            stored = count;
            await using var gateway = await StartAsync(folder);
            await Rounds.SaturateAsync(run, gateway.Address, events, effort.Warmup);
            run.Record(Stored, "gateway", stored, (await Rounds.SaturateAsync(run, gateway.Address, events, effort.Time)).PerSecond);
            if (part is 1)
            {
                await CompareAsync(run, gateway, other, events);
                await Pages.MeasureAsync(run, gateway.Address, events);
            }
        }
    }

    private static Task<Gateway> StartAsync(string data) => Gateway.StartAsync(data, ("Scouthook:Gateway:AdminKey", FirstPages.Key));

    private static async Task CompareAsync(Run run, Gateway full, Gateway empty, SignedEvents events)
    {
        for (var round = run.Effort.IsSmoke ? 0 : -1; round < run.Effort.Rounds; round++)
        {
            var many = await Rounds.SaturateAsync(run, full.Address, events, run.Effort.Time);
            var none = await Rounds.SaturateAsync(run, empty.Address, events, run.Effort.Time);
            if (round >= 0)
            {
                run.Record(Accept, many.PerSecond, none.PerSecond);
            }
        }
    }

    /// <summary>Fills a store through the code of the receiver, with times of receipt spread over 30 days.</summary>
    private static async Task FillAsync(string file, SignedEvents events, int from, int to, Effort effort)
    {
        using (var database = new SqliteDatabase(file))
        using (var writer = new SqliteWriter(database, new StoreSignal(), TimeProvider.System))
        using (var fill = new StoreFill(events))
        {
            await new SqliteStore(database, writer).OpenAsync(CancellationToken.None);
            var inbox = new SqliteInbox(writer, TimeSpan.FromHours(48));
            var start = DateTimeOffset.UtcNow - TimeSpan.FromDays(Days);
            for (var done = from; done < to; done += Batch)
            {
                var first = done;
                await inbox.AppendAsync(fill.Batch(
                    Math.Min(Batch, to - done), index => start + (TimeSpan.FromDays(Days) * ((double)(first + index) / effort.StoredEvents))));
            }

            var retention = new SqliteRetentionStore(writer, TimeSpan.FromHours(48));
            while (await retention.ForgetKeysAsync(DateTimeOffset.UtcNow) is StepOutcome.MoreToDo)
            {
            }
        }

        if (!effort.IsSmoke)
        {
            // Gigabytes were just written; until the system has flushed them to the disk, no commit is quick.
            using var sync = Process.Start("sync");
            await sync.WaitForExitAsync();
        }
    }
}
