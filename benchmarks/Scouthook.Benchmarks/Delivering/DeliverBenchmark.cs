using System.Diagnostics;
using System.Globalization;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Reporting;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>
/// Measures how quickly a real gateway process delivers, and what slow or failing endpoints cost the others.
/// </summary>
internal static class DeliverBenchmark
{
    private const int Concurrency = 10;
    private const int AcceptConnections = 64;
    private const int MostPerSecond = 8_000;
    private const int PerSecond = 100;
    private const int Many = 1_000;

    public static async Task RunAsync(Report report, int rounds, TimeSpan time)
    {
        report.Title("Delivering to a local sink, 3 KB");
        report.Line("Load, sink and gateway share the machine's processors.");
        report.Line("");
        var directory = Directory.CreateTempSubdirectory("scouthook-benchmark-");
        try
        {
            await using var sink = await LocalSink.StartAsync();
            var events = new SignedEvents(0);
            await IsolateAsync(report, directory.FullName, sink, events, rounds);
            await DrainAsync(report, directory.FullName, sink, events, rounds);
            await AcceptAsync(report, directory.FullName, sink, events, rounds, time, "tag.created", "subscribe to other events");
            await AcceptAsync(report, directory.FullName, sink, events, rounds, time, "*", "want everything");
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        report.Line("");
    }

    /// <summary>
    /// Measures the latency of an endpoint alone, and beside an endpoint that hangs and one that answers 500.
    /// </summary>
    private static async Task IsolateAsync(
        Report report, string directory, LocalSink sink, SignedEvents events, int rounds)
    {
        const int each = 1_000, idle = 100;
        var arrivals = new Arrivals(sink);
        await using var alone = await DeliveringGateway.StartAsync(Path.Combine(directory, "alone"), sink, "well");
        await using var beside = await DeliveringGateway.StartAsync(
            Path.Combine(directory, "beside"), sink, "well", "failing", "hanging");
        List<double> idles = [], alones = [], besides = [];
        for (var round = -1; round < rounds; round++)
        {
            alone.Process.Continue();
            beside.Process.Stop();
            var quiet = await arrivals.MeasureAsync(alone.Process, events, idle, 20);
            var one = await arrivals.MeasureAsync(alone.Process, events, each, PerSecond);
            alone.Process.Stop();
            beside.Process.Continue();
            var other = await arrivals.MeasureAsync(beside.Process, events, each, PerSecond);
            if (round >= 0)
            {
                idles.Add(quiet[idle / 2]);
                alones.Add(one[each * 99 / 100]);
                besides.Add(other[each * 99 / 100]);
            }
        }

        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"- stored to delivered, one event each 50 ms: **p50 {Report.Median(idles):0.0} ms** (from {idles.Min():0.0} to {idles.Max():0.0} in {rounds} rounds; aim ≤ 10 ms)"));
        report.Compare(
            $"p99 of {each * rounds:N0} deliveries at {PerSecond}/s beside an endpoint that hangs and one that answers 500",
            "alone", "ms", besides, alones, "≤ 1.5");
    }

    private static async Task DrainAsync(Report report, string directory, LocalSink sink, SignedEvents events, int rounds)
    {
        const int each = 3_000;
        sink.Took = null;
        await using var gateway = await DeliveringGateway.StartAsync(Path.Combine(directory, "drain"), sink, "well");
        using var client = new HttpClient();
        List<double> delivered = [], posted = [];
        for (var round = -1; round < rounds; round++)
        {
            await gateway.SetAsync("well", "pause");
            await LoadClient.SaturateAsync(gateway.Process.Address, AcceptConnections, Requests(events, each), TimeSpan.FromMinutes(1));
            var taken = sink.Taken;
            var rate = await RateAsync(sink, each, () => gateway.SetAsync("well", "resume"));
            if (sink.Taken != taken + each)
            {
                throw new InvalidOperationException("Not every delivery was counted once.");
            }

            var bare = await RateAsync(sink, each, () => PostAllAsync(client, $"{sink.Url}/well", events, each));
            if (round >= 0)
            {
                delivered.Add(rate);
                posted.Add(bare);
            }
        }

        report.Compare(
            "a backlog delivered", $"a bare HttpClient loop of {Concurrency}", "deliveries/s", delivered, posted, "≥ 0.5");
    }

    private static async Task<double> RateAsync(LocalSink sink, int count, Func<Task> start)
    {
        var taken = sink.Taken;
        var watch = Stopwatch.StartNew();
        var running = start();
        await sink.UntilAsync(taken + count, TimeSpan.FromMinutes(2));
        var rate = count / watch.Elapsed.TotalSeconds;
        await running;
        return rate;
    }

    private static async Task PostAllAsync(HttpClient client, string url, SignedEvents events, int count)
    {
        var bodies = Enumerable.Range(0, count).Select(_ => events.NextBody().Body).ToArray();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var index && index < count)
            {
                using var content = new ByteArrayContent(bodies[index]);
                using var answer = await client.PostAsync(url, content);
                answer.EnsureSuccessStatusCode();
            }
        })));
    }

    private static async Task AcceptAsync(
        Report report, string directory, LocalSink sink, SignedEvents events, int rounds, TimeSpan time, string pattern, string words)
    {
        List<double> many = [], one = [];
        var data = Path.Combine(directory, pattern is "*" ? "everything" : "nothing");
        await using var crowded = await DeliveringGateway.StartAsync(Path.Combine(data, "many"), sink, "well");
        await using var other = await DeliveringGateway.StartAsync(Path.Combine(data, "one"), sink, "well");
        for (var number = 1; number < Many; number++)
        {
            await crowded.CreateAsync($"{words} {number}", $"{sink.Url}/well", pattern);
        }

        for (var round = -1; round < rounds; round++)
        {
            var first = await RateAloneAsync(crowded, other);
            var second = await RateAloneAsync(other, crowded);
            if (round >= 0)
            {
                many.Add(first);
                one.Add(second);
            }
        }

        report.Compare(
            $"accept with {Many:N0} endpoints of which all but one {words}", "one endpoint", "events/s", many, one, "≥ 0.9");

        async Task<double> RateAloneAsync(DeliveringGateway measured, DeliveringGateway resting)
        {
            var requests = Requests(events, (int)(MostPerSecond * time.TotalSeconds));
            resting.Process.Stop();
            measured.Process.Continue();
            return await LoadClient.SaturateAsync(measured.Process.Address, AcceptConnections, requests, time);
        }
    }

    private static byte[][] Requests(SignedEvents events, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => events.NextRequest())];
}
