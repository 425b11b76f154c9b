using System.Globalization;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Sqlite;

/// <summary>
/// Counts a month of deliveries and reads every window. The times and sizes are printed and not compared with anything.
/// </summary>
/// <remarks>
/// 2,000 events; with <c>SCOUTHOOK_VOLUME</c> as many as it says. The store before and after pruning goes into the folder that
/// <c>SCOUTHOOK_VOLUME_COPY</c> names.
/// </remarks>
[Collection(AloneCollection.Name)]
public sealed class StatisticsVolumeTests(ITestOutputHelper output)
{
    private const int Runs = 5;

    private static readonly string[][] Subscriptions =
    [
        ["convo.customer.reply.created"], ["convo.agent.reply.created"], ["convo.created"], ["convo.status", "convo.assigned"],
        ["convo.tags", "convo.note.created", "customer.*", "beacon.*", "satisfaction.*", "tag.*"],
    ];

    private static long Count =>
        long.TryParse(Environment.GetEnvironmentVariable("SCOUTHOOK_VOLUME"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : 2_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Month_of_deliveries_is_counted_and_read()
    {
        await using var store = await VolumeStore.FillAsync(Count, timeProvider: new TwoClocks());
        var end = store.ReceivedAt(Count);
        var attempts = await DeliverAsync(store, end);

        var statistics = store.Harness.Statistics;
        var chunks = new List<TimeSpan>();
        for (var isMore = true; isMore;)
        {
            var started = TimeProvider.System.GetTimestamp();
            isMore = await statistics.CountAsync() is StepOutcome.MoreToDo;
            chunks.Add(TimeProvider.System.GetElapsedTime(started));
        }

        output.WriteLine(Line($"{Count:N0} events, {attempts:N0} attempts, counted in {chunks.Sum(time => time.TotalSeconds):0.0} s"));
        output.WriteLine(Line($"{chunks.Count:N0} chunks, median {chunks.Order().ElementAt(chunks.Count / 2).TotalMilliseconds:0.0} ms, slowest {chunks.Max().TotalMilliseconds:0.0} ms"));
        WriteSizes(store, "counted");

        var steps = 0;
        for (var started = TimeProvider.System.GetTimestamp(); await statistics.PruneAsync(end) is StepOutcome.MoreToDo; steps++)
        {
            if (steps == 0)
            {
                output.WriteLine(Line($"first step of pruning {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0.0} ms"));
            }
        }

        WriteSizes(store, Line($"pruned in {steps + 1} steps"));

        foreach (var resolution in StatisticsResolution.All)
        {
            var times = new List<TimeSpan>();
            StatisticsSnapshot? counted = null;
            for (var run = 0; run < Runs; run++)
            {
                var started = TimeProvider.System.GetTimestamp();
                counted = await statistics.ReadAsync(end - resolution.LongestWindow, end, Cancel);
                times.Add(TimeProvider.System.GetElapsedTime(started));
            }

            Assert.True(counted!.Series.Count <= 367);
            output.WriteLine(Line(
                $"{resolution.LongestWindow.TotalHours,6:0} h {times.Order().ElementAt(Runs / 2).TotalMilliseconds,8:0.0} ms, slowest {times.Max().TotalMilliseconds,8:0.0} ms, {counted.Series.Count,4} buckets, {counted.Events.Sum(count => count.Events),9:N0} events"));
        }

        var all = await statistics.ReadAsync(end - TimeSpan.FromDays(366), end, Cancel);
        Assert.Equal(Count, all.Events.Sum(count => count.Events));
        Assert.Equal(attempts, all.Attempts.Sum(count => count.Attempts));
        Assert.Equal(attempts, all.DeliveryLatency.Count);
    }

    private static async Task<long> DeliverAsync(VolumeStore store, DateTimeOffset end)
    {
        var random = new Random(1);
        var endpoints = new List<WebhookEndpoint>();
        foreach (var events in Subscriptions)
        {
            var (_, endpoint) = await store.Harness.At(store.ReceivedAt(0)).Endpoints.CreateAsync(SomeEndpoint.Http(events[0].Replace('*', '-'), EndpointOrdering.None, events), SomeEndpoint.Secrets, StartPosition.Beginning);
            endpoints.Add(endpoint!);
        }

        await store.Harness.DispatchAllAsync(store.ReceivedAt(0));
        var attempts = 0L;
        foreach (var endpoint in endpoints)
        {
            while (await store.Harness.LeaseAsync(endpoint, end, most: 500) is { Count: > 0 } leases)
            {
                attempts += leases.Count;
                await Task.WhenAll(leases.Select(lease =>
                {
                    var at = lease.Event.ReceivedAt.AddMilliseconds(5 * Math.Pow(2, 10 * random.NextDouble()));
                    var settlement = lease.Settlement(DeliveryState.Delivered, startedAt: at);
                    var duration = TimeSpan.FromMilliseconds(20 * Math.Pow(2, 6 * random.NextDouble()));
                    return store.Harness.Queue.SettleAsync(settlement with { Result = settlement.Result with { Duration = duration } });
                }));
            }
        }

        return attempts;
    }

    private void WriteSizes(VolumeStore store, string when)
    {
        if (Environment.GetEnvironmentVariable("SCOUTHOOK_VOLUME_COPY") is { Length: > 0 } copy)
        {
            store.Harness.Text($"VACUUM INTO '{Path.Combine(copy, when.Replace(' ', '-'))}.db'");
        }

        foreach (var table in (string[])["event_count", "delivered_count", "attempt_count", "latency_count"])
        {
            var rows = store.Harness.Number($"SELECT count(*) FROM {table}");
            output.WriteLine(Line($"{when}: {table,-16} {rows,9:N0} rows"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
