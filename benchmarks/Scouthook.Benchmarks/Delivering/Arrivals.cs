using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>Measures the time of events from the acknowledging response to the sink.</summary>
internal sealed class Arrivals
{
    private static readonly byte[] Before = "\"threads\":[{\"id\":"u8.ToArray();

    private readonly LocalSink _sink;
    private readonly ConcurrentDictionary<long, long> _at = new();

    public Arrivals(LocalSink sink)
    {
        _sink = sink;
        sink.Took = (body, at) => _at.TryAdd(NumberOf(body.Span), at);
    }

    /// <returns>The milliseconds of each, in ascending order.</returns>
    public async Task<double[]> MeasureAsync(Accepting.Gateway gateway, SignedEvents events, int count, double rate)
    {
        var requests = Enumerable.Range(0, count).Select(_ => events.NextRequest()).ToArray();
        var answered = new long[count];
        var taken = _sink.Taken;
        await LoadClient.ScheduleAsync(
            gateway.Address, 16, requests, rate, index => answered[index] = Stopwatch.GetTimestamp());
        await _sink.UntilAsync(taken + count, TimeSpan.FromMinutes(1));
        return
        [
            .. requests.Select((request, index) =>
                (_at[NumberOf(request)] - answered[index]) * 1_000.0 / Stopwatch.Frequency).Order(),
        ];
    }

    private static long NumberOf(ReadOnlySpan<byte> bytes)
    {
        var digits = bytes[(bytes.IndexOf(Before) + Before.Length)..];
        return Utf8Parser.TryParse(digits, out long number, out _)
            ? number
            : throw new InvalidOperationException("This is no event of the benchmark.");
    }
}
