using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Scouthook.Benchmarks.Reporting;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>Measures the time of the first pages of lists on a full store, compared with an empty one.</summary>
internal static class FirstPages
{
    public const string Key = "scouthook-benchmark-admin-key";

    private const int Runs = 20;

    private static readonly string[] Queries =
        ["events?limit=50", "events?type=convo.*&limit=50", "events?type=tag.*&limit=50", "events?state=unreadable&limit=50", "events?q=refund&limit=50"];

    public static async Task RunAsync(Report report, IPEndPoint full, IPEndPoint empty, int rounds)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        foreach (var query in Queries)
        {
            List<double> fulls = [], empties = [];
            for (var round = -1; round < rounds; round++)
            {
                var (one, other) = (await MedianAsync(client, full, query), await MedianAsync(client, empty, query));
                if (round >= 0)
                {
                    fulls.Add(one);
                    empties.Add(other);
                }
            }

            report.Compare($"first page of `{query}`", "on the store that was empty", "ms", fulls, empties, "≤ 50 ms on the full store");
        }
    }

    private static async Task<double> MedianAsync(HttpClient client, IPEndPoint address, string query)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var watch = Stopwatch.StartNew();
            await client.GetByteArrayAsync(new Uri($"http://{address}/api/v1/{query}"));
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Report.Median(times);
    }
}
