using System.Globalization;
using Scouthook.Benchmarks.Reporting;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>
/// Measures how many events per second a real gateway process accepts durably, compared with a raw SQLite loop.
/// </summary>
internal static class AcceptBenchmark
{
    private const int Connections = 64;
    private const int MostPerSecond = 8_000;

    public static async Task RunAsync(Report report, int rounds, TimeSpan time)
    {
        report.Title("Durable accept, 3 KB, 64 connections");
        report.Line("The client shares the machine's processors with the gateway; the raw loop has them to itself.");
        report.Line("");
        var directory = Directory.CreateTempSubdirectory("scouthook-benchmark-");
        try
        {
            var events = new SignedEvents(0);
            var raw = new List<double>();
            var gateway = new List<double>();
            var single = new List<double>();
            var store = new List<double>();
            using var fill = new StoreFill(events);
            await using (var server = await Gateway.StartAsync(Path.Combine(directory.FullName, "data")))
            {
                report.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"- start to ready {server.StartTime.TotalSeconds:0.00} s, idle {server.WorkingSet / 1024 / 1024} MB"));
                await LoadClient.SaturateAsync(server.Address, Connections, Requests(events, time), time);
                for (var round = 0; round < rounds; round++)
                {
                    var requests = Requests(events, time);
                    gateway.Add(await LoadClient.SaturateAsync(server.Address, Connections, requests, time));
                    raw.Add(RawSqlite.RowsPerSecond(directory.FullName, events, time));
                    store.Add(await fill.EventsPerSecondAsync(
                        Path.Combine(directory.FullName, $"store-{round}", "scouthook.db"), 32, time));
                    single.Add(await LoadClient.SaturateAsync(
                        server.Address, 1, Requests(events, time), TimeSpan.FromSeconds(1)));
                }

                report.Compare("durable accept", "raw loop of 32 rows per transaction", "events/s", gateway, raw, "≥ 0.7");
                report.Compare("the store alone, batches of 32, no HTTP", "the raw loop", "events/s", store, raw, "none");
                report.Compare("64 connections", "one connection", "events/s", gateway, single, "≥ 4");
                await LatencyAsync(report, server, events, Report.Median(gateway));
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        report.Line("");
    }

    private static async Task LatencyAsync(Report report, Gateway server, SignedEvents events, double most)
    {
        foreach (var share in new[] { 0.1, 0.5 })
        {
            var rate = Math.Max(10, most * share);
            var requests = Enumerable.Range(0, (int)(rate * 5)).Select(_ => events.NextRequest()).ToArray();
            var times = (await LoadClient.ScheduleAsync(server.Address, Connections, requests, rate)).Order().ToArray();
            report.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"- at a fixed {rate:N0} events/s: p50 {At(times, 0.5):0.0} ms, p99 {At(times, 0.99):0.0} ms, "
                + $"p99.9 {At(times, 0.999):0.0} ms, from when each was due"));
        }
    }

    private static double At(double[] sorted, double part) => sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * part)];

    private static byte[][] Requests(SignedEvents events, TimeSpan time) =>
        [.. Enumerable.Range(0, (int)(MostPerSecond * time.TotalSeconds)).Select(_ => events.NextRequest())];
}
