using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public class EndpointHealthRuleTests
{
    private WebhookEndpoint _endpoint = SomeEndpoint.Stored();
    private DateTimeOffset _now = Some.Instant;

    [Fact]
    public void Endpoint_is_down_after_five_failures_over_ten_seconds_and_up_with_the_next_success()
    {
        for (var failure = 1; failure <= 5; failure++)
        {
            Attempt(AttemptOutcome.Rejected);
            Assert.Equal(failure < 5 ? EndpointCondition.Failing : EndpointCondition.Down, EndpointHealthRule.ConditionOf(_endpoint));
            _now = _now.AddSeconds(2.5);
        }

        Assert.True(Attempt(AttemptOutcome.Delivered)!.IsUpAgain);

        Assert.Equal(EndpointCondition.Ok, EndpointHealthRule.ConditionOf(_endpoint));
        Assert.Null(_endpoint.FailingSince);
    }

    [Fact]
    public void Failures_at_one_instant_do_not_make_it_down()
    {
        for (var failure = 0; failure < 50; failure++)
        {
            Attempt(AttemptOutcome.TimedOut);
        }

        Assert.Equal(EndpointCondition.Failing, EndpointHealthRule.ConditionOf(_endpoint));
        Assert.False(Attempt(AttemptOutcome.Delivered)!.IsUpAgain);
    }

    [Fact]
    public void Five_days_in_which_every_attempt_failed_disable_it()
    {
        string? reason = null;
        for (var hour = 0; reason is null; hour++)
        {
            Assert.True(hour <= 120, "it is never disabled");
            _now = Some.Instant.AddHours(hour);
            reason = Attempt(AttemptOutcome.ConnectionFailed)!.DisableReason;
        }

        Assert.Equal("Every attempt of the last 5 days failed.", reason);
        Assert.Equal(Some.Instant.AddDays(5), _now);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Day_counts_only_if_both_clocks_saw_it(bool steady, bool age)
    {
        for (var day = 0; day < 20; day++)
        {
            var later = Some.Instant.AddDays(day);
            Assert.Null(Attempt(
                AttemptOutcome.Rejected,
                new StoreTime(later, steady ? later : Some.Instant, age ? later : Some.Instant))!.DisableReason);
        }
    }

    [Fact]
    public void Success_within_the_days_restarts_them()
    {
        for (var hour = 0; hour < 300; hour++)
        {
            _now = Some.Instant.AddHours(hour);
            Assert.Null(Attempt(hour % 100 == 99 ? AttemptOutcome.Delivered : AttemptOutcome.Rejected)!.DisableReason);
        }
    }

    [Fact]
    public void Answer_410_disables_it_at_once() =>
        Assert.Equal("It responded with 410 (Gone).", Attempt(AttemptOutcome.Gone)!.DisableReason);

    [Fact]
    public void Endpoint_that_is_not_enabled_is_not_disabled_again()
    {
        _endpoint = _endpoint with { State = EndpointState.Paused };

        Assert.Null(Attempt(AttemptOutcome.Gone)!.DisableReason);
    }

    [Fact]
    public void Attempt_leased_before_a_change_says_nothing_about_the_endpoint()
    {
        var settlement = Settlement(AttemptOutcome.Gone);

        Assert.Null(EndpointHealthRule.After(_endpoint with { Revision = 1 }, settlement, Time()));
        Assert.Null(EndpointHealthRule.After(null, settlement, Time()));
    }

    [Theory]
    [InlineData(AttemptOutcome.Delivered, false)]
    [InlineData(AttemptOutcome.RetryLater, false)]
    [InlineData(AttemptOutcome.GivenUp, false)]
    [InlineData(AttemptOutcome.Interrupted, null)]
    [InlineData(AttemptOutcome.Unreadable, null)]
    [InlineData(AttemptOutcome.Rejected, true)]
    [InlineData(AttemptOutcome.HandlerFailed, true)]
    internal void Only_failures_of_the_endpoint_count(AttemptOutcome outcome, bool? isAtFault) =>
        Assert.Equal(isAtFault, EndpointHealthRule.IsAtFault(outcome));

    [Fact]
    public void Frequent_successes_are_not_written_each_time()
    {
        Assert.NotNull(Attempt(AttemptOutcome.Delivered));
        _now = _now.AddMilliseconds(900);
        Assert.Null(Attempt(AttemptOutcome.Delivered));
        _now = _now.AddMilliseconds(100);
        Assert.NotNull(Attempt(AttemptOutcome.Delivered));
    }

    private StoreTime Time() => new(_now, _now, _now);

    private EndpointHealthChange? Attempt(AttemptOutcome outcome, StoreTime? time = null)
    {
        var change = EndpointHealthRule.After(_endpoint, Settlement(outcome), time ?? Time());
        _endpoint = change?.Endpoint ?? _endpoint;
        return change;
    }

    private Settlement Settlement(AttemptOutcome outcome) => new()
    {
        Lease = SomeDelivery.Lease() with { Endpoint = _endpoint },
        StartedAt = _now,
        Result = new AttemptResult { Outcome = outcome },
        State = outcome is AttemptOutcome.Delivered ? DeliveryState.Delivered : DeliveryState.Pending,
    };
}
