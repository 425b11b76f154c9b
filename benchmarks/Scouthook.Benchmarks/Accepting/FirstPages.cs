using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>Measures the time of the first page of each kind of list while the gateway accepts at full rate.</summary>
/// <param name="where">Ends the names of the rows.</param>
internal sealed class FirstPages(string where)
{
    public const string Key = "scouthook-benchmark-admin-key";

    private readonly (string Query, Row Row)[] _pages =
    [
        .. new[]
        {
            "", "type=convo.*", "type=convo.tags", "type=tag.*", "source=default", "mailbox=318842", "mailbox=1",
            "resource=conversation:3400000001", "state=ok", "state=unreadable", "deliveryState=pending", "deliveryState=deadLettered",
            "since={since}", "until={until}", "q=order", "q=refund", "q=c640000001@example.org",
            "type=convo.tags&mailbox=318842&since={since}", "state=unreadable&q=order", "type=tag.*&q=order",
        }.Select(query => (query, new Row($"first page of `events?{query}`{where}", "ms", Aim: Aim.ValueAtMost(50, "ms")))),
    ];

    public IReadOnlyList<Row> Rows => [.. _pages.Select(page => page.Row)];

    public async Task MeasureAsync(Run run, IPEndPoint address, SignedEvents events)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var end = new CancellationTokenSource();
        var accepting = LoadClient.MeasureAsync(
            address, run.Effort.IsSmoke ? 2 : Rounds.Connections, () => end.IsCancellationRequested ? null : events.NextRequest(), TimeSpan.FromHours(1));
        try
        {
            for (var round = run.Effort.IsSmoke ? 0 : -1; round < run.Effort.Rounds; round++)
            {
                foreach (var (query, row) in _pages)
                {
                    var median = await MedianAsync(client, address, query, run.Effort.IsSmoke ? 1 : 20);
                    if (round >= 0)
                    {
                        run.Record(row, median);
                    }
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await accepting;
        }
    }

    private static async Task<double> MedianAsync(HttpClient client, IPEndPoint address, string query, int requests)
    {
        var now = DateTimeOffset.UtcNow;
        var complete = query
            .Replace("{since}", (now - TimeSpan.FromDays(1)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), StringComparison.Ordinal)
            .Replace("{until}", (now - TimeSpan.FromDays(10)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), StringComparison.Ordinal);
        var times = new List<double>();
        for (var request = 0; request < requests; request++)
        {
            var watch = Stopwatch.StartNew();
            await client.GetByteArrayAsync(new Uri($"http://{address}/api/v1/events?{complete}{(complete is "" ? "" : "&")}limit=50"));
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Samples.Median(times);
    }
}
