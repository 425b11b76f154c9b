using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules.Statistics;

public sealed class StatisticsResolutionTests
{
    [Theory]
    [InlineData("00:00:01", "00:01:00")]
    [InlineData("01:00:00", "00:01:00")]
    [InlineData("02:00:00", "00:01:00")]
    [InlineData("02:00:01", "00:05:00")]
    [InlineData("1.00:00:00", "00:05:00")]
    [InlineData("1.00:00:01", "01:00:00")]
    [InlineData("7.00:00:00", "01:00:00")]
    [InlineData("14.00:00:00", "06:00:00")]
    [InlineData("30.00:00:00", "06:00:00")]
    [InlineData("90.00:00:00", "1.00:00:00")]
    [InlineData("366.00:00:00", "1.00:00:00")]
    [InlineData("4000.00:00:00", "1.00:00:00")]
    public void Longer_windows_have_longer_buckets(string window, string width) =>
        Assert.Equal(TimeSpan.Parse(width, null), StatisticsResolution.Of(TimeSpan.Parse(window, null)).Width);

    [Fact]
    public void No_window_has_more_than_a_few_hundred_buckets() => Assert.All(
        StatisticsResolution.All, resolution => Assert.InRange(resolution.LongestWindow / resolution.Width, 1, 366));

    [Fact]
    public void Every_bucket_is_kept_as_long_as_a_window_reads_it() => Assert.All(
        StatisticsResolution.All,
        resolution => Assert.True(resolution.KeptFor > resolution.LongestWindow + resolution.Width));

    [Fact]
    public void Each_resolution_is_a_multiple_of_the_one_before()
    {
        var widths = StatisticsResolution.All.Select(resolution => resolution.Width.Ticks).ToList();

        Assert.All(widths.Zip(widths.Skip(1)), pair => Assert.True(pair.Second > pair.First && pair.Second % pair.First == 0));
        Assert.Equal([1, 5, 60, 360, 1440], StatisticsResolution.All.Select(resolution => resolution.Minutes));
    }

    [Theory]
    [InlineData("2026-03-02T10:02:17Z", 1, "2026-03-02T10:02:00Z")]
    [InlineData("2026-03-02T10:02:00Z", 1, "2026-03-02T10:02:00Z")]
    [InlineData("2026-03-02T10:04:59.9999999Z", 5, "2026-03-02T10:00:00Z")]
    [InlineData("2026-03-02T01:30:00+02:00", 1440, "2026-03-01T00:00:00Z")]
    [InlineData("2026-03-02T19:59:00Z", 360, "2026-03-02T18:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z", 60, "1969-12-31T23:00:00Z")]
    public void Bucket_begins_at_a_multiple_of_its_length(string instant, long minutes, string bucket) => Assert.Equal(
        DateTimeOffset.Parse(bucket, null),
        StatisticsResolution.All.Single(resolution => resolution.Minutes == minutes).BucketOf(DateTimeOffset.Parse(instant, null)));
}
