using Scouthook.Settings;

namespace Scouthook.Inbox.Tests.Configuring;

public class DurationTextTests
{
    private const string HowTo = "must be a duration such as 15s, 5m, 48h, 30d or 1.12:30:00.";

    public static TheoryData<string, TimeSpan> Durations => new()
    {
        { "0s", TimeSpan.Zero },
        { "15s", TimeSpan.FromSeconds(15) },
        { "5m", TimeSpan.FromMinutes(5) },
        { "48h", TimeSpan.FromHours(48) },
        { "30d", TimeSpan.FromDays(30) },
        { "007m", TimeSpan.FromMinutes(7) },
        { "  90s ", TimeSpan.FromSeconds(90) },
        { "10675198d", TimeSpan.FromDays(10_675_198) },
        { "00:00:05", TimeSpan.FromSeconds(5) },
        { "1:02:03", new TimeSpan(1, 2, 3) },
        { "23:59:59", new TimeSpan(23, 59, 59) },
        { "02:30", new TimeSpan(2, 30, 0) },
        { "1.12:30:00", new TimeSpan(1, 12, 30, 0) },
        { "24.00:00:00", TimeSpan.FromDays(24) },
        { "30.00:00:00", TimeSpan.FromDays(30) },
    };

    public static TheoryData<string, string> Mistakes => new()
    {
        { "", HowTo },
        { " ", HowTo },
        { "5", HowTo },
        { "s", HowTo },
        { "5 s", HowTo },
        { "5S", HowTo },
        { "5ms", HowTo },
        { "-5s", HowTo },
        { "+5s", HowTo },
        { "1.5h", HowTo },
        { "5,5s", HowTo },
        { "1e3s", HowTo },
        { "1_000s", HowTo },
        { "٣s", HowTo },
        { "five", HowTo },
        { "10675199d", HowTo },
        { "9223372036854775807s", HowTo },
        { "9223372036854775808s", HowTo },
        { "99999999999999999999999d", HowTo },
        { "-01:00:00", HowTo },
        { "00:60:00", HowTo },
        { "00:00:60", HowTo },
        { "1.24:00:00", HowTo },
        { "99999999.00:00:00", HowTo },
        { "1:2:3", HowTo },
        { "::", HowTo },
        { ":", HowTo },
        { "24:00:00", "is ambiguous: hours end at 23, so .NET would read 24 days. Write 24h, or 1.00:00:00." },
        { "24:00", "is ambiguous: hours end at 23, so .NET would read 24 days. Write 24h, or 1.00:00:00." },
        { "36:00:00", "is ambiguous: hours end at 23, so .NET would read 36 days. Write 36h, or 1.12:00:00." },
        { "100:00:00", "is ambiguous: hours end at 23, so .NET would read 100 days. Write 100h, or 4.04:00:00." },
    };

    [Theory]
    [MemberData(nameof(Durations))]
    public void Duration_is_read_in_every_documented_form(string text, TimeSpan expected)
    {
        Assert.True(DurationText.TryRead(text, out var duration, out _));

        Assert.Equal(expected, duration);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Error_shows_the_correct_form(string text, string expected)
    {
        Assert.False(DurationText.TryRead(text, out var duration, out var problem));

        Assert.Equal(expected, problem);
        Assert.Equal(default, duration);
    }
}
