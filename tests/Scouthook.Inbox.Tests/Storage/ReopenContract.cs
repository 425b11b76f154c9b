using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>
/// The contract of every store for retrying and discarding. Each resource has events 5, 6 and 7, of which 5 is a dead letter.
/// </summary>
public abstract class ReopenContract : StoreContract
{
    [Fact]
    public async Task Retried_dead_letter_of_a_strict_endpoint_goes_first_and_the_others_after_it()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.Strict));
        var five = await Store.DeadLetterAsync(endpoint);
        Assert.Empty(await Store.LeaseAsync(endpoint));

        Assert.Equal(DeliveryChangeOutcome.Done, await Store.Replays.RetryAsync(five.DeliveryId));

        var sequence = five.Event.Sequence;
        Assert.Equal([sequence, sequence + 1, sequence + 2], await Store.DrainAsync(endpoint));
    }

    [Fact]
    public async Task Replayed_dead_letter_of_a_strict_endpoint_goes_last()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.Strict));
        var five = await Store.DeadLetterAsync(endpoint);

        await Store.Replays.CreateAsync(new ReplayRequest { DeadLetters = true, EndpointId = endpoint.Id });
        await Store.Replays.StepAsync();

        var sequence = five.Event.Sequence;
        Assert.Equal([sequence + 1, sequence + 2, sequence], await Store.DrainAsync(endpoint));
    }

    [Fact]
    public async Task Discarded_dead_letter_of_a_strict_endpoint_releases_the_others()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.Strict));
        var five = await Store.DeadLetterAsync(endpoint);

        Assert.Equal(DeliveryChangeOutcome.Done, await Store.Replays.DiscardAsync(five.DeliveryId));

        Assert.Equal([five.Event.Sequence + 1, five.Event.Sequence + 2], await Store.DrainAsync(endpoint));
        Assert.Equal(DeliveryState.Discarded, (await Store.DeliveryAsync(five.DeliveryId)).State);
    }

    [Fact]
    public async Task Changing_strict_ordering_to_ordering_by_resource_releases_blocked_deliveries()
    {
        var strict = new DesiredEndpoint(
            SomeEndpoint.Http(ordering: EndpointOrdering.Strict), StartPosition.Now);
        await DeclareAsync(strict);
        var endpoint = Assert.Single(await Store.Endpoints.ListAsync(TestContext.Current.CancellationToken));
        var five = await Store.DeadLetterAsync(endpoint);
        await DeclareAsync(strict);
        Assert.Empty(await Store.LeaseAsync(endpoint));

        await DeclareAsync(strict with { Definition = strict.Definition with { Ordering = EndpointOrdering.Resource } });

        Assert.Equal([five.Event.Sequence + 1, five.Event.Sequence + 2], await Store.DrainAsync(endpoint));
    }

    [Fact]
    public async Task Retried_dead_letter_waits_for_a_lease_of_its_resource_and_later_ones_wait_for_it()
    {
        var endpoint = await Store.CreateAsync();
        var five = await Store.DeadLetterAsync(endpoint);
        var six = Assert.Single(await Store.LeaseAsync(endpoint));

        await Store.Replays.RetryAsync(five.DeliveryId);

        Assert.Empty(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(six, DeliveryState.Delivered);
        Assert.Equal([five.Event.Sequence, five.Event.Sequence + 2], await Store.DrainAsync(endpoint));
    }

    [Fact]
    public async Task Retried_delivery_continues_its_attempt_count_and_restarts_its_schedule()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.SettleAsync((await Store.LeaseAsync(endpoint))[0], DeliveryState.Pending, again: TimeSpan.Zero);
        var second = (await Store.LeaseAsync(endpoint))[0];
        await Store.SettleAsync(second, DeliveryState.DeadLettered);

        await Store.Replays.RetryAsync(second.DeliveryId);

        var reopened = await Store.DeliveryAsync(second.DeliveryId);
        Assert.Equal((DeliveryState.Pending, null as string, null as DateTimeOffset?),
            (reopened.State, reopened.StateReason, reopened.SettledAt));
        var third = Assert.Single(await Store.LeaseAsync(endpoint));
        Assert.Equal((3, 1), (third.Attempt, third.AttemptSinceReopened));
    }

    [Fact]
    public async Task Second_of_two_retried_dead_letters_waits_for_the_first()
    {
        var endpoint = await Store.CreateAsync();
        var five = await Store.DeadLetterAsync(endpoint, later: 1);
        var six = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(six, DeliveryState.DeadLettered);

        await Store.Replays.RetryAsync(six.DeliveryId);
        await Store.Replays.RetryAsync(five.DeliveryId);

        Assert.Equal([five.Event.Sequence, six.Event.Sequence], await Store.DrainAsync(endpoint));
    }

    [Fact]
    public async Task Retry_of_a_waiting_delivery_makes_it_due_now()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(lease, DeliveryState.Pending, again: TimeSpan.FromHours(1));

        Assert.Equal(DeliveryChangeOutcome.Done, await Store.Replays.RetryAsync(lease.DeliveryId));

        Assert.Equal(2, Assert.Single(await Store.LeaseAsync(endpoint)).Attempt);
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("retry of the endpoint")]
    [InlineData("pause and resume")]
    public async Task Attempts_requested_by_operators_do_not_use_up_the_schedule(string how)
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var lease = Assert.Single(await Store.LeaseAsync(endpoint));
            Assert.Equal((attempt, 1), (lease.Attempt, lease.AttemptSinceReopened));
            await Store.SettleAsync(lease, DeliveryState.Pending, again: TimeSpan.FromHours(1));
            switch (how)
            {
                case "retry":
                    Assert.Equal(DeliveryChangeOutcome.Done, await Store.Replays.RetryAsync(lease.DeliveryId));
                    break;
                case "retry of the endpoint":
                    Assert.Equal(EndpointOutcome.Done, (await Store.Endpoints.RetryAsync(endpoint.Id)).Outcome);
                    break;
                default:
                    await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);
                    await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Enabled, null);
                    break;
            }
        }
    }

    [Fact]
    public async Task Only_pending_deliveries_and_dead_letters_can_be_discarded_or_retried()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));

        await AssertRefusedAsync(lease.DeliveryId, DeliveryChangeOutcome.BeingAttempted);
        await Store.SettleAsync(lease, DeliveryState.Delivered);
        await AssertRefusedAsync(lease.DeliveryId, DeliveryChangeOutcome.Delivered);
        await AssertRefusedAsync(Some.Id(), DeliveryChangeOutcome.NotFound);

        async Task AssertRefusedAsync(Guid id, DeliveryChangeOutcome expected)
        {
            Assert.Equal(expected, await Store.Replays.DiscardAsync(id));
            Assert.Equal(expected, await Store.Replays.RetryAsync(id));
        }
    }

    [Fact]
    public async Task Retry_of_a_pending_delivery_that_cannot_be_made_due_says_why()
    {
        await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var deliveries = await Store.DeliveriesAsync();

        Assert.Equal(DeliveryChangeOutcome.AlreadyDue, await Store.Replays.RetryAsync(deliveries[0].Id));
        Assert.Equal(DeliveryChangeOutcome.BehindEarlier, await Store.Replays.RetryAsync(deliveries[1].Id));
        await Store.Replays.DiscardAsync(deliveries[1].Id);
        Assert.Equal(DeliveryChangeOutcome.Discarded, await Store.Replays.RetryAsync(deliveries[1].Id));
    }

    [Theory]
    [InlineData(EndpointOrdering.Resource)]
    [InlineData(EndpointOrdering.Strict)]
    internal async Task Dead_letter_of_a_deleted_endpoint_stays_and_cannot_be_reopened(EndpointOrdering ordering)
    {
        // It once became pending and stayed so until retention removed it, because no worker was left to lease it.
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: ordering));
        var dead = await Store.DeadLetterAsync(endpoint, later: 1);
        await Store.Endpoints.DeleteAsync(endpoint.Id);

        Assert.Equal(DeliveryChangeOutcome.EndpointDeleted, await Store.Replays.RetryAsync(dead.DeliveryId));

        Assert.Equal(
            [DeliveryState.DeadLettered, DeliveryState.Discarded], (await Store.DeliveriesAsync()).Select(delivery => delivery.State));
        Assert.Equal("It never answered.", (await Store.DeliveryAsync(dead.DeliveryId)).StateReason);
    }

    [Theory]
    [InlineData("settle")]
    [InlineData("release")]
    [InlineData("expire")]
    public async Task Attempt_running_when_its_endpoint_is_deleted_leaves_nothing_pending(string end)
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.At(Some.Instant).Endpoints.DeleteAsync(endpoint.Id);

        await (end switch
        {
            "settle" => Store.SettleAsync(lease, DeliveryState.Pending),
            "release" => Store.At(Some.Instant).Queue.ReleaseAsync(lease),
            _ => Store.At(Some.Instant.AddHours(1)).Queue.ExpireLeasesAsync(),
        });

        Assert.All(await Store.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Discarded, delivery.State));
    }

    [Fact]
    public async Task Discarding_a_delivery_in_the_middle_lets_no_other_overtake()
    {
        var endpoint = await Store.CreateAsync();
        long[] sequences = [await Store.AppendAsync(1), await Store.AppendAsync(1), await Store.AppendAsync(1)];
        await Store.DispatchAllAsync();
        var first = Assert.Single(await Store.LeaseAsync(endpoint));
        var second = (await Store.DeliveriesAsync(endpoint))[1];

        await Store.Replays.DiscardAsync(second.Id);

        Assert.Empty(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(first, DeliveryState.Delivered);
        Assert.Equal([sequences[2]], await Store.DrainAsync(endpoint));
    }

    private async Task DeclareAsync(DesiredEndpoint declaration) =>
        Assert.Empty(await Store.DeclareAsync("not declared any more", declaration));
}
