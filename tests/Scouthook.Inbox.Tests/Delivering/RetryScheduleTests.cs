using CsCheck;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Scheduling;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

public class RetryScheduleTests
{
    private static readonly RetrySchedule Usual = new(new DeliverySettings().RetrySchedule);
    private static readonly AttemptResult Failed = new() { Outcome = AttemptOutcome.Rejected, StatusCode = 500 };

    [Fact]
    public void Delivery_is_retried_from_the_first_failure_to_the_dead_letter()
    {
        var waits = new List<TimeSpan>();
        for (var attempt = 1; Usual.After(attempt, Failed, 0.5).RetryAfter is { } wait; attempt++)
        {
            waits.Add(wait);
        }

        Assert.Equal(
            ["00:00:05", "00:05:00", "00:30:00", "02:00:00", "05:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00"],
            waits.Select(wait => wait.ToString()));
        Assert.Equal(10, Usual.MaxAttempts);
        Assert.Equal(DeliveryState.DeadLettered, Usual.After(10, Failed, 0.5).State);
        Assert.Equal(DeliveryState.DeadLettered, Usual.After(int.MaxValue, Failed, 0.5).State);
        Assert.Equal([false, true], [Usual.IsBeyondLast(10), Usual.IsBeyondLast(11)]);
    }

    [Fact]
    public void Jitter_stays_within_a_fifth_of_the_schedule() =>
        Gen.Select(Gen.Int[1, 9], Gen.Double[0, 1]).Sample((attempt, random) =>
        {
            var planned = new DeliverySettings().RetrySchedule[attempt - 1];

            var wait = Usual.After(attempt, Failed, random).RetryAfter!.Value;

            Assert.InRange(wait, planned * 0.8 - TimeSpan.FromTicks(1), planned * 1.2);
        });

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.25, 4.5)]
    [InlineData(1, 6)]
    [InlineData(-5, 4)]
    [InlineData(7, 6)]
    public void Random_number_decides_between_the_bounds(double random, double seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), Usual.After(1, Failed, random).RetryAfter);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(5, 5)]
    [InlineData(60, 60)]
    [InlineData(86_400, 86_400)]
    public void Endpoint_may_lengthen_a_wait_but_not_shorten_it(int asked, int seconds)
    {
        var result = Failed with { RetryAfter = TimeSpan.FromSeconds(asked) };

        Assert.Equal(TimeSpan.FromSeconds(seconds), Usual.After(1, result, 0.5).RetryAfter);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(5)]
    [InlineData(3_600)]
    [InlineData(86_400)]
    public void Handler_that_asks_for_a_delay_gets_exactly_that_one(double asked)
    {
        var result = new AttemptResult { Outcome = AttemptOutcome.RetryLater, RetryAfter = TimeSpan.FromSeconds(asked) };

        Assert.All([1, 2, 9], attempt => Assert.Equal(
            TimeSpan.FromSeconds(asked), Usual.After(attempt, result, random: 1).RetryAfter));
        Assert.Null(Usual.After(10, result, random: 1).RetryAfter);
    }

    [Fact]
    public void Retry_After_adds_no_attempt()
    {
        Assert.Null(Usual.After(10, Failed with { RetryAfter = TimeSpan.FromSeconds(1) }, 0.5).RetryAfter);
    }

    [Theory]
    [InlineData(AttemptOutcome.Delivered, false)]
    [InlineData(AttemptOutcome.Gone, false)]
    [InlineData(AttemptOutcome.GivenUp, false)]
    [InlineData(AttemptOutcome.Rejected, true)]
    [InlineData(AttemptOutcome.TimedOut, true)]
    [InlineData(AttemptOutcome.ConnectionFailed, true)]
    [InlineData(AttemptOutcome.TlsFailed, true)]
    [InlineData(AttemptOutcome.AddressRefused, true)]
    [InlineData(AttemptOutcome.InvalidResponse, true)]
    [InlineData(AttemptOutcome.HandlerFailed, true)]
    [InlineData(AttemptOutcome.RetryLater, true)]
    internal void Only_what_may_still_succeed_is_tried_again(AttemptOutcome outcome, bool again) => Assert.Equal(
        again, Usual.After(1, new AttemptResult { Outcome = outcome }, 0.5).RetryAfter is not null);

    [Fact]
    public void Longest_possible_schedule_overflows_nothing()
    {
        var endless = new RetrySchedule([TimeSpan.MaxValue]);

        Assert.Equal(TimeSpan.MaxValue, endless.After(1, Failed, 1).RetryAfter);
        Assert.Equal(TimeSpan.MaxValue, endless.LongestWait);
    }

    [Theory]
    [InlineData(1, "1.04:48:00")]
    [InlineData(36, "1.19:12:00")]
    public void No_wait_exceeds_the_longest_of_the_schedule_or_a_day(int longestHours, string longest)
    {
        var schedule = new RetrySchedule([TimeSpan.FromSeconds(5), TimeSpan.FromHours(longestHours)]);

        var asked = Failed with { RetryAfter = TimeSpan.MaxValue };
        var byEndpoint = schedule.After(1, asked, 0).RetryAfter;
        var byHandler = schedule.After(1, asked with { Outcome = AttemptOutcome.RetryLater }, 0).RetryAfter;

        Assert.Equal(longest, schedule.LongestWait.ToString());
        Assert.Equal(longest, byEndpoint.ToString());
        Assert.Equal(longest, byHandler.ToString());
    }

    [Fact]
    public void Empty_schedule_makes_the_first_failure_a_dead_letter()
    {
        Assert.Equal(DeliveryState.DeadLettered, new RetrySchedule([]).After(1, Failed, 0.5).State);
    }

    [Fact]
    public void Numeric_values_of_outcomes_never_change() => Assert.Equal(
        [
            "Delivered=0", "Gone=1", "Rejected=2", "TimedOut=3", "ConnectionFailed=4", "TlsFailed=5", "AddressRefused=6",
            "InvalidResponse=7", "HandlerFailed=8", "RetryLater=9", "GivenUp=10", "Interrupted=11", "Unreadable=12",
            "SecretUnreadable=13",
        ],
        Enum.GetValues<AttemptOutcome>().Select(it => $"{it}={(int)it}"));
}
