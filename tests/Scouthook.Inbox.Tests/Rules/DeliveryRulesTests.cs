using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public class DeliveryRulesTests
{
    [Theory]
    [InlineData(DeliveryState.Delivered, EndpointOrdering.Strict, false)]
    [InlineData(DeliveryState.DeadLettered, EndpointOrdering.Strict, true)]
    [InlineData(DeliveryState.DeadLettered, EndpointOrdering.Resource, false)]
    [InlineData(DeliveryState.Pending, EndpointOrdering.None, true)]
    [InlineData(DeliveryState.Discarded, EndpointOrdering.Strict, false)]
    internal void Later_deliveries_wait_for_unsettled_ones_and_for_dead_letters_of_a_strict_endpoint(
        DeliveryState state, EndpointOrdering ordering, bool blocks) =>
        Assert.Equal(blocks, DeliveryRules.Blocks(state, SomeEndpoint.Stored(ordering)));

    [Fact]
    public void Settlement_is_applied_as_it_is()
    {
        var retry = DeliveryRules.After(Settlement(DeliveryState.Pending), SomeEndpoint.Stored());
        var dead = DeliveryRules.After(Settlement(DeliveryState.DeadLettered), SomeEndpoint.Stored());

        Assert.Equal(new DeliveryChange(DeliveryState.Pending, true, TimeSpan.FromMinutes(5), "Why."), retry);
        Assert.Equal(new DeliveryChange(DeliveryState.DeadLettered, false, null, "Why."), dead);
        Assert.Equal([false, true], [retry.IsEnd, dead.IsEnd]);
    }

    [Fact]
    public void Failed_delivery_of_a_deleted_endpoint_is_discarded()
    {
        Assert.Equal(DeliveryState.Discarded, DeliveryRules.After(Settlement(DeliveryState.Pending), null).State);
        Assert.Equal(DeliveryState.Delivered, DeliveryRules.After(Settlement(DeliveryState.Delivered), null).State);
    }

    [Theory]
    [InlineData(DeliveryState.DeadLettered, false, true, null, DeliveryChangeOutcome.Done)]
    [InlineData(DeliveryState.DeadLettered, true, true, null, DeliveryChangeOutcome.Replaced)]
    [InlineData(DeliveryState.DeadLettered, false, false, null, DeliveryChangeOutcome.EndpointDeleted)]
    [InlineData(DeliveryState.Pending, false, true, 60, DeliveryChangeOutcome.Done)]
    [InlineData(DeliveryState.Pending, false, true, 0, DeliveryChangeOutcome.AlreadyDue)]
    [InlineData(DeliveryState.Pending, false, true, -60, DeliveryChangeOutcome.AlreadyDue)]
    [InlineData(DeliveryState.Pending, false, true, null, DeliveryChangeOutcome.BehindEarlier)]
    [InlineData(DeliveryState.Leased, false, true, null, DeliveryChangeOutcome.BeingAttempted)]
    [InlineData(DeliveryState.Delivered, false, true, null, DeliveryChangeOutcome.Delivered)]
    [InlineData(DeliveryState.Discarded, false, true, null, DeliveryChangeOutcome.Discarded)]
    internal void Retry_is_for_dead_letters_and_for_waits(
        DeliveryState state, bool isReplaced, bool hasEndpoint, int? seconds, DeliveryChangeOutcome expected) => Assert.Equal(
        expected, DeliveryRules.Retry(state, isReplaced, hasEndpoint, seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));

    [Theory]
    [InlineData(DeliveryState.Pending, false, DeliveryChangeOutcome.Done)]
    [InlineData(DeliveryState.DeadLettered, false, DeliveryChangeOutcome.Done)]
    [InlineData(DeliveryState.DeadLettered, true, DeliveryChangeOutcome.Replaced)]
    [InlineData(DeliveryState.Leased, false, DeliveryChangeOutcome.BeingAttempted)]
    [InlineData(DeliveryState.Delivered, false, DeliveryChangeOutcome.Delivered)]
    internal void Only_what_is_not_settled_is_discarded(DeliveryState state, bool isReplaced, DeliveryChangeOutcome expected) =>
        Assert.Equal(expected, DeliveryRules.Discard(state, isReplaced));

    [Fact]
    public void Given_up_delivery_is_a_dead_letter_with_the_reason()
    {
        Assert.Equal(
            new DeliveryChange(DeliveryState.DeadLettered, true, null, RetentionRule.GiveUpReason),
            DeliveryRules.GiveUp(SomeEndpoint.Stored(EndpointOrdering.Strict)));
        Assert.False(DeliveryRules.GiveUp(null).Blocks);
    }

    private static Settlement Settlement(DeliveryState state) => new()
    {
        Lease = SomeDelivery.Lease(),
        StartedAt = Some.Instant,
        Result = new AttemptResult { Outcome = AttemptOutcome.Rejected },
        State = state,
        RetryAfter = TimeSpan.FromMinutes(5),
        Reason = "Why.",
    };
}
