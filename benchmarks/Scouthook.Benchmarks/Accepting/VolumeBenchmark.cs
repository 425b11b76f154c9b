using System.Globalization;
using Scouthook.Benchmarks.Reporting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>
/// Measures whether accepting gets slower as the store grows: two gateways, one on an empty store, in the same run.
/// </summary>
internal static class VolumeBenchmark
{
    private const int Connections = 64;
    private const int MostPerSecond = 8_000;
    private const int Batch = 2_000;
    private const int Days = 30;

    public static async Task RunAsync(Report report, int rounds, TimeSpan time, int rows)
    {
        report.Title(string.Create(CultureInfo.InvariantCulture, $"Accept with {rows:N0} stored events"));
        var directory = Directory.CreateTempSubdirectory("scouthook-benchmark-");
        try
        {
            var full = Path.Combine(directory.FullName, "full");
            var events = new SignedEvents(0);
            await FillAsync(Path.Combine(full, "scouthook.db"), events, rows);

            var fulls = new List<double>();
            var empties = new List<double>();
            await using var server = await Gateway.StartAsync(full, ("Scouthook:Gateway:AdminKey", FirstPages.Key));
            await using var other = await Gateway.StartAsync(
                Path.Combine(directory.FullName, "empty"), ("Scouthook:Gateway:AdminKey", FirstPages.Key));
            for (var round = -1; round < rounds; round++)
            {
                var withMany = await LoadClient.SaturateAsync(server.Address, Connections, Requests(events, time), time);
                var withNone = await LoadClient.SaturateAsync(other.Address, Connections, Requests(events, time), time);
                if (round >= 0)
                {
                    fulls.Add(withMany);
                    empties.Add(withNone);
                }
            }

            report.Compare("on the full store", "on one that was empty", "events/s", fulls, empties, "≥ 0.9");
            await FirstPages.RunAsync(report, server.Address, other.Address, rounds);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        report.Line("");
    }

    /// <summary>Fills a store through the code of the receiver, with times of receipt spread over 30 days.</summary>
    private static async Task FillAsync(string file, SignedEvents events, int rows)
    {
        using var database = new SqliteDatabase(file);
        using var writer = new SqliteWriter(database, new StoreSignal(), TimeProvider.System);
        using var fill = new StoreFill(events);
        var inbox = new SqliteInbox(writer, TimeSpan.FromHours(48));
        var start = DateTimeOffset.UtcNow - TimeSpan.FromDays(Days);
        for (var done = 0; done < rows; done += Batch)
        {
            var first = done;
            await inbox.AppendAsync(fill.Batch(
                Batch, index => start + (TimeSpan.FromDays(Days) * ((double)(first + index) / rows))));
        }

        var retention = new SqliteRetentionStore(writer, TimeSpan.FromHours(48));
        while (await retention.ForgetKeysAsync(DateTimeOffset.UtcNow) is StepOutcome.MoreToDo)
        {
        }

        // Gigabytes were just written; until the system has flushed them to the disk, no commit is quick.
        using var sync = System.Diagnostics.Process.Start("sync");
        await sync.WaitForExitAsync();
    }

    private static byte[][] Requests(SignedEvents events, TimeSpan time) =>
        [.. Enumerable.Range(0, (int)(MostPerSecond * time.TotalSeconds)).Select(_ => events.NextRequest())];
}
