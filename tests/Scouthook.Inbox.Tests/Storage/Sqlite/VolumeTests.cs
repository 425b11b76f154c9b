using System.Globalization;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>
/// Every kind of list returns its first page from a large store. The times are printed; benchmarks/ records them.
/// </summary>
/// <remarks>
/// 100,000 events; 5,000,000 with <c>SCOUTHOOK_LONG=1</c>; <c>SCOUTHOOK_VOLUME</c> sets another number. The table goes to
/// the test's output, and to the file named by <c>SCOUTHOOK_VOLUME_TABLE</c>.
/// </remarks>
[Collection(AloneCollection.Name)]
public sealed class VolumeTests(ITestOutputHelper output)
{
    private const int Runs = 5;

    private static long Count =>
        long.TryParse(Environment.GetEnvironmentVariable("SCOUTHOOK_VOLUME"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : Environment.GetEnvironmentVariable("SCOUTHOOK_LONG") == "1" ? 5_000_000 : 100_000;

    [Fact]
    public async Task First_page_of_every_kind_of_list_is_returned()
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var store = await VolumeStore.FillAsync(Count);
        var lines = new List<string>
        {
            Line($"{Count:N0} events, stored in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s; median and slowest of {Runs} warm runs"),
        };

        foreach (var (name, query) in EventKinds.Of(store))
        {
            var (median, slowest, page) = await MeasureAsync(store, query);
            Assert.InRange(page.Items.Count, 0, query.Limit);
            lines.Add(Line(
                $"{name,-32} {median.TotalMilliseconds,8:0.0} ms {slowest.TotalMilliseconds,8:0.0} ms {page.Items.Count,4} events{(page.Next is null ? "" : ", more")}"));
        }

        lines.ForEach(output.WriteLine);
        if (Environment.GetEnvironmentVariable("SCOUTHOOK_VOLUME_TABLE") is { Length: > 0 } file)
        {
            await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<(TimeSpan Median, TimeSpan Slowest, Page<StoredEvent> Page)> MeasureAsync(VolumeStore store, EventQuery query)
    {
        var cancel = TestContext.Current.CancellationToken;
        var page = await store.Harness.History.ListAsync(query, cancel);
        var times = new TimeSpan[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var started = TimeProvider.System.GetTimestamp();
            page = await store.Harness.History.ListAsync(query, cancel);
            times[run] = TimeProvider.System.GetElapsedTime(started);
        }

        Array.Sort(times);
        return (times[Runs / 2], times[^1], page);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
