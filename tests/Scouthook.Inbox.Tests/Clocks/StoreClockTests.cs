using Scouthook.Inbox.Clocks;

namespace Scouthook.Inbox.Tests.Clocks;

public sealed class StoreClockTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly TwoClocks _time = new();

    [Fact]
    public void Offset_follows_wall_clock_changes_of_a_second_or_more()
    {
        var clock = new StoreClock(_time);
        _time.Pass(TimeSpan.FromDays(3));
        _time.Jump(TimeSpan.FromMilliseconds(900));
        Assert.Equal(TimeSpan.Zero, clock.Offset);

        _time.Jump(Year);
        _time.Pass(TimeSpan.FromHours(1));
        Assert.Equal(Year + TimeSpan.FromMilliseconds(900), clock.Offset);
        _time.Jump(-2 * Year);

        Assert.Equal(-Year + TimeSpan.FromMilliseconds(900), clock.Offset);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(-61)]
    [InlineData(60 * 24 * 365)]
    public void Jump_of_more_than_an_hour_is_reported_once(int minutes)
    {
        var clock = new StoreClock(_time);
        clock.Start(new StoredClock(null, null));
        _time.Pass(TimeSpan.FromDays(20));
        Assert.Null(clock.TakeJump());

        _time.Jump(TimeSpan.FromMinutes(minutes));
        _time.Pass(TimeSpan.FromSeconds(1));

        var jump = clock.TakeJump();
        Assert.Equal(TimeSpan.FromMinutes(minutes), jump?.Distance);
        Assert.False(jump!.AtStart);
        Assert.Null(clock.TakeJump());
    }

    [Fact]
    public void Change_of_an_hour_is_no_jump()
    {
        var clock = new StoreClock(_time);
        _time.Jump(TimeSpan.FromHours(1));
        Assert.Null(clock.TakeJump());
        _time.Jump(TimeSpan.FromHours(-1));
        Assert.Null(clock.TakeJump());
    }

    [Theory]
    [InlineData(2, null, true)]
    [InlineData(null, 2, true)]
    [InlineData(0, 0, false)]
    [InlineData(-100_000, -100_000, false)]
    public void Clock_behind_the_newest_stored_event_is_detected_at_startup(int? ageMinutes, int? newestMinutes, bool isSeen)
    {
        var clock = new StoreClock(_time);

        clock.Start(new StoredClock(
            ageMinutes is { } age ? Some.Instant.AddMinutes(age) : null,
            newestMinutes is { } newest ? Some.Instant.AddMinutes(newest) : null));

        Assert.Equal(isSeen, clock.TakeJump() is { AtStart: true });
    }

    [Fact]
    public void Store_without_an_age_clock_starts_at_its_newest_event_but_never_ahead_of_the_wall_clock()
    {
        Assert.Equal(Some.Instant, Started(null, null));
        Assert.Equal(Some.Instant.AddDays(-60), Started(null, -60));
        Assert.Equal(Some.Instant, Started(null, 365));
        Assert.Equal(Some.Instant.AddDays(-3), Started(-3, 365));
        Assert.Equal(Some.Instant.AddDays(2), Started(2, -1));
    }

    private DateTimeOffset? Started(int? ageDays, int? newestDays)
    {
        var clock = new StoreClock(_time);
        Assert.Null(clock.Age);
        clock.Start(new StoredClock(
            ageDays is { } age ? Some.Instant.AddDays(age) : null,
            newestDays is { } newest ? Some.Instant.AddDays(newest) : null));
        return clock.Age;
    }
}
