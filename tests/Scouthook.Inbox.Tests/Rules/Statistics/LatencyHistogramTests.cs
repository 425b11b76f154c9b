using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules.Statistics;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Shares = [0.01, 0.25, 0.5, 0.9, 0.99, 1];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(20_000)]
    public void Percentile_is_at_most_nine_percent_off(int count)
    {
        // From a quarter of a millisecond to about two days.
        var random = new Random(count);
        var durations = Enumerable.Range(0, count)
            .Select(_ => TimeSpan.FromMilliseconds(0.25 * Math.Pow(2, random.NextDouble() * 30))).Order().ToList();

        var histogram = Of(durations);

        foreach (var share in Shares)
        {
            var exact = durations[Math.Max(0, (int)Math.Ceiling(share * count) - 1)];
            Assert.InRange(histogram.Percentile(share)!.Value / exact, 1 / 1.091, 1.091);
        }
    }

    [Fact]
    public void Nothing_counted_has_no_percentile()
    {
        Assert.Null(new LatencyHistogram().Percentile(0.5));
        Assert.Empty(new LatencyHistogram().ToBytes());
    }

    [Fact]
    public void Negative_and_tiny_durations_count_as_the_shortest()
    {
        var histogram = Of([TimeSpan.FromDays(-400), TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.FromTicks(1)]);

        Assert.Equal(4, histogram.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(0.125), histogram.Percentile(1));
    }

    [Fact]
    public void Endless_durations_count_as_the_longest()
    {
        var histogram = Of([TimeSpan.FromDays(100), TimeSpan.FromDays(4_000), TimeSpan.MaxValue]);

        Assert.Equal(histogram.Percentile(0.01), histogram.Percentile(1));
        Assert.InRange(histogram.Percentile(1)!.Value, TimeSpan.FromDays(70), TimeSpan.FromDays(84));
    }

    [Fact]
    public void Merged_histogram_is_that_of_all_durations()
    {
        var random = new Random(3);
        var durations = Enumerable.Range(0, 5_000).Select(_ => TimeSpan.FromMilliseconds(random.NextDouble() * 10_000)).ToList();
        var merged = Of(durations.Take(1_000));

        merged.Add(Of(durations.Skip(1_000)));

        Assert.Equal(5_000, merged.Count);
        Assert.Equal(Of(durations).ToBytes(), merged.ToBytes());
    }

    [Fact]
    public void Stored_form_holds_every_count()
    {
        var histogram = Of(Enumerable.Range(0, 40).Select(power => TimeSpan.FromMilliseconds(0.1 * Math.Pow(2, power))));
        for (var doubled = 0; doubled < 40; doubled++)
        {
            histogram.Add(histogram.ToBytes());
        }

        var read = new LatencyHistogram();
        read.Add(histogram.ToBytes());

        Assert.Equal(40L << 40, read.Count);
        Assert.Equal(histogram.ToBytes(), read.ToBytes());
    }

    /// <summary>The numbers of the bins are stored, so these bytes are for ever.</summary>
    [Fact]
    public void Stored_form_does_not_change() => Assert.Equal(
        [0, 1, 12, 1, 40, 2, 143, 1],
        Of([TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(128), TimeSpan.FromMilliseconds(120), TimeSpan.FromDays(365)])
            .ToBytes());

    [Theory]
    [InlineData(new byte[] { 5 })]
    [InlineData(new byte[] { 5, 0x80 })]
    [InlineData(new byte[] { 144, 1 })]
    [InlineData(new byte[] { 5, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1 })]
    public void Other_bytes_are_rejected(byte[] stored) =>
        Assert.Throws<FormatException>(() => new LatencyHistogram().Add(stored));

    private static LatencyHistogram Of(IEnumerable<TimeSpan> durations)
    {
        var histogram = new LatencyHistogram();
        foreach (var duration in durations)
        {
            histogram.Add(duration);
        }

        return histogram;
    }
}
