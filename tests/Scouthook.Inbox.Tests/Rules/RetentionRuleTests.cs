using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public class RetentionRuleTests
{
    private static readonly RetentionRule Rule = new(
        new StoreTime(Some.Instant.AddDays(5), Some.Instant, Some.Instant), TimeSpan.FromDays(30), TimeSpan.FromDays(90));

    [Fact]
    public void Age_clock_decides_and_not_the_wall_clock()
    {
        Assert.Equal(Some.Instant.AddDays(-30), Rule.EventsBefore);
        Assert.Equal(Some.Instant.AddDays(-90), Rule.DeadLettersBefore);
        Assert.Equal(Some.Instant.AddDays(5), Rule.LatestEnd);
    }

    [Theory]
    [InlineData(-1, 5, 0, true)]
    [InlineData(0, 5, 0, false)]
    [InlineData(1_000, 5, 5, true)]
    [InlineData(1_000, 6, 5, false)]
    public void Event_is_no_younger_than_those_stored_after_it(int seconds, long sequence, long newestPast, bool isPast) => Assert.Equal(
        isPast, RetentionRule.IsPast(Rule.EventsBefore.AddSeconds(seconds), sequence, newestPast, Rule.EventsBefore));

    [Theory]
    [InlineData(5, null, false, true)]
    [InlineData(5, 5L, false, true)]
    [InlineData(5, 4L, false, false)]
    [InlineData(5, 5L, true, false)]
    public void Event_that_is_not_dispatched_or_is_being_attempted_waits(long sequence, long? dispatched, bool isLeased, bool may) =>
        Assert.Equal(may, RetentionRule.MayProcess(sequence, dispatched, isLeased));

    [Theory]
    [InlineData(EndpointState.Enabled, false)]
    [InlineData(EndpointState.Paused, true)]
    [InlineData(EndpointState.Disabled, true)]
    internal void Reopened_delivery_is_given_up_only_where_nothing_will_finish_it(EndpointState state, bool givesUp)
    {
        Assert.Equal(givesUp, RetentionRule.GivesUpRetained(SomeEndpoint.Stored() with { State = state }));
        Assert.True(RetentionRule.GivesUpRetained(null));
    }

    [Fact]
    public void Timestamps_from_the_future_are_corrected_unless_the_clock_is_behind()
    {
        Assert.True(Rule.MayCorrect(null));
        Assert.True(Rule.MayCorrect(Some.Instant.AddDays(5)));
        Assert.False(Rule.MayCorrect(Some.Instant.AddDays(6)));
    }

    [Fact]
    public void Given_up_deliveries_raise_one_event_for_each_endpoint()
    {
        var (crm, shop) = (SomeEndpoint.Stored(name: "crm"), SomeEndpoint.Stored(name: "shop"));
        var given = new GivenUpDeliveries();
        given.Add(crm, 3);
        given.Add(shop, 4);
        given.Add(crm, 5);

        var raised = given.Raise(Some.Instant).Select(operational => operational.Facts.Title).ToList();

        Assert.Equal(
            [
                $"2 deliveries to crm were given up: {RetentionRule.GiveUpReason}",
                $"A delivery to shop was given up: {RetentionRule.GiveUpReason}",
            ],
            raised);
    }
}
