using System.Text.Json;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for settling deliveries.</summary>
public abstract class SettleContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Late_settlement_records_its_attempt_and_changes_nothing_else()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var late = Assert.Single(await Store.LeaseAsync(endpoint));
        var expired = Some.Instant.AddMinutes(1);
        await Store.At(expired).Queue.ExpireLeasesAsync();
        var current = Assert.Single(await Store.LeaseAsync(endpoint, expired));

        Assert.Equal(SettleOutcome.LeaseExpired, await Store.At(expired).Queue.SettleAsync(late.Settlement(DeliveryState.DeadLettered)));

        var delivery = await Store.DeliveryAsync(late.DeliveryId);
        Assert.Equal((DeliveryState.Leased, 2, null as string), (delivery.State, delivery.Attempts, delivery.StateReason));
        Assert.Equal([1], (await Store.Deliveries.AttemptsAsync(late.DeliveryId, Cancel)).Select(it => it.Number));
        Assert.Null((await Store.FindAsync(endpoint)).FailingSince);
        Assert.Empty(await Store.OperationalAsync());

        await Store.SettleAsync(current, DeliveryState.Delivered, expired);
        Assert.Equal([1, 2], (await Store.Deliveries.AttemptsAsync(late.DeliveryId, Cancel)).Select(it => it.Number));
    }

    [Fact]
    public async Task Attempt_that_is_settled_twice_is_one_attempt()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(lease, DeliveryState.Delivered);
        var last = await Store.Changes.LastAsync(Cancel);

        // As after a lost response of the store.
        Assert.Equal(SettleOutcome.LeaseExpired, await Store.Queue.SettleAsync(lease.Settlement(DeliveryState.Pending)));

        Assert.Equal(AttemptOutcome.Delivered, Assert.Single(await Store.Deliveries.AttemptsAsync(lease.DeliveryId, Cancel)).Result.Outcome);
        Assert.Equal(DeliveryState.Delivered, (await Store.DeliveryAsync(lease.DeliveryId)).State);
        Assert.Equal(last, await Store.Changes.LastAsync(Cancel));
        await Store.Statistics.CountAsync();
        var counted = await Store.Statistics.ReadAsync(Some.Instant.AddHours(-1), Some.Instant, Cancel);
        Assert.Equal((1, 1), (Assert.Single(counted.Attempts).Attempts, Assert.Single(counted.Delivered).Deliveries));
    }

    [Fact]
    public async Task Attempt_whose_delivery_was_removed_meanwhile_leaves_nothing_behind()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var late = Assert.Single(await Store.LeaseAsync(endpoint));
        var now = Some.Instant.AddDays(31);
        await Store.At(now).Queue.ExpireLeasesAsync();
        Assert.Single(await Store.DrainAsync(endpoint, now));
        await Store.AppendAsync(2, receivedAt: now);
        await Store.DispatchAllAsync(now);
        await Store.At(now).Retention.RemoveAsync(now, TimeSpan.FromDays(30), TimeSpan.FromDays(30));
        Assert.Null(await Store.Deliveries.FindAsync(late.DeliveryId, Cancel));
        var last = await Store.Changes.LastAsync(Cancel);

        Assert.Equal(SettleOutcome.LeaseExpired, await Store.At(now).Queue.SettleAsync(late.Settlement(DeliveryState.Delivered)));

        Assert.Empty(await Store.Deliveries.AttemptsAsync(late.DeliveryId, Cancel));
        Assert.Equal(last, await Store.Changes.LastAsync(Cancel));
    }

    [Fact]
    public async Task Attempt_is_stored_with_all_its_details()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        var attempt = new Attempt(1, Some.Instant, new AttemptResult
        {
            Outcome = AttemptOutcome.Rejected,
            StatusCode = 503,
            Error = "Größe",
            ResponseHeaders = [new("Retry-After", "5"), new("Retry-After", "6")],
            ResponseBody = Some.Bytes(AttemptResult.MaxBodyBytes),
            Duration = TimeSpan.FromMilliseconds(1_234),
        });

        await Store.Queue.SettleAsync(lease.Settlement(DeliveryState.Pending) with { Result = attempt.Result });

        Assert.Equivalent(
            attempt, Assert.Single(await Store.Deliveries.AttemptsAsync(lease.DeliveryId, Cancel)), strict: true);
        Assert.Equal("Größe", (await Store.DeliveryAsync(lease.DeliveryId)).LastError);
    }

    [Theory]
    [InlineData(EndpointOrdering.Resource, true)]
    [InlineData(EndpointOrdering.Strict, false)]
    internal async Task Dead_letter_holds_later_events_of_its_resource_only_at_a_strict_endpoint(
        EndpointOrdering ordering, bool isNextDue)
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: ordering));
        await Store.DeadLetterAsync(endpoint);
        var other = await Store.AppendAsync(2);
        await Store.DispatchAllAsync();

        Assert.Equal(isNextDue ? 3 : 1, (await Store.DrainAsync(endpoint)).Count);
        Assert.Contains(other, await Store.OwedAsync(endpoint));
    }

    [Fact]
    public async Task Dead_letter_raises_an_operational_event()
    {
        var operational = await Store.CreateAsync(SomeEndpoint.Http("operational", events: ["scouthook.*"]));
        var endpoint = await Store.CreateAsync();
        var lease = await Store.DeadLetterAsync(endpoint, later: 0);
        await Store.DispatchAllAsync();

        var raised = Assert.Single(await Store.LeaseAsync(operational));

        Assert.Equal((OperationalEvent.DeadLettered, "scouthook"), (raised.Event.EventType, raised.Event.Source));
        var body = JsonDocument.Parse(raised.Body).RootElement;
        Assert.Equal(lease.DeliveryId, body.GetProperty("delivery").GetProperty("id").GetGuid());
        Assert.Equal(endpoint.Id, body.GetProperty("endpoint").GetProperty("id").GetGuid());
        Assert.Equal(lease.Event.Id, body.GetProperty("event").GetProperty("id").GetGuid());
        Assert.Equal("It never answered.", body.GetProperty("reason").GetString());

        // Otherwise operational events would cause each other endlessly.
        await Store.SettleAsync(raised, DeliveryState.DeadLettered);
        await Store.DispatchAllAsync();
        Assert.Single(await Store.DeliveriesAsync(operational));
    }

    [Fact]
    public async Task Five_days_of_failures_disable_the_endpoint_and_raise_an_event()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();

        for (var day = 0; day < 5; day++)
        {
            await FailAsync(endpoint, TimeSpan.FromDays(day) + TimeSpan.FromHours(day > 0 ? 3 * day : 0));
        }

        await FailAsync(endpoint, TimeSpan.FromDays(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(EndpointState.Enabled, (await Store.FindAsync(endpoint)).State);
        await FailAsync(endpoint, TimeSpan.FromDays(5));

        var disabled = await Store.FindAsync(endpoint);
        Assert.Equal((EndpointState.Disabled, "Every attempt of the last 5 days failed."), (disabled.State, disabled.StateReason));
        Assert.Equal(OperationalEvent.EndpointDisabled, Assert.Single(await Store.OperationalAsync()).EventType);
    }

    [Fact]
    public async Task Failures_not_spread_over_the_five_days_disable_nothing()
    {
        var endpoint = await Store.CreateAsync();
        for (var conversation = 0; conversation < 5; conversation++)
        {
            await Store.AppendAsync(conversation);
        }

        await Store.DispatchAllAsync();
        for (var failure = 0; failure < 6; failure++)
        {
            await FailAsync(endpoint, TimeSpan.FromSeconds(failure));
        }

        // The clock is a year ahead for a while, then correct again.
        await FailAsync(endpoint, TimeSpan.FromDays(365));
        await FailAsync(endpoint, TimeSpan.FromDays(365) + TimeSpan.FromSeconds(8));
        for (var minute = 1; minute < 100; minute++)
        {
            await FailAsync(endpoint, TimeSpan.FromMinutes(minute));
        }

        Assert.Equal(EndpointState.Enabled, (await Store.FindAsync(endpoint)).State);
    }

    [Fact]
    public async Task Health_reflects_the_last_attempts_and_survives_a_restart()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(2);
        await Store.DispatchAllAsync();
        Assert.Equal(EndpointCondition.Unknown, EndpointHealthRule.ConditionOf(await Store.FindAsync(endpoint)));

        await SucceedAsync(endpoint, TimeSpan.Zero);
        Assert.Equal(EndpointCondition.Ok, EndpointHealthRule.ConditionOf(await Store.FindAsync(endpoint)));
        await FailAsync(endpoint, TimeSpan.FromMinutes(1));
        Assert.Equal(EndpointCondition.Failing, EndpointHealthRule.ConditionOf(await Store.FindAsync(endpoint)));
        for (var failure = 1; failure < 5; failure++)
        {
            await FailAsync(endpoint, TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(4 * failure));
        }

        await Store.ReopenAsync();
        var down = await Store.FindAsync(endpoint);
        Assert.Equal(
            (EndpointCondition.Down, Some.Instant.AddMinutes(1), Some.Instant, "Rejected"),
            (EndpointHealthRule.ConditionOf(down), down.FailingSince, down.Health.LastDeliveredAt, down.Health.LastError));

        await SucceedAsync(endpoint, TimeSpan.FromMinutes(3));
        var up = await Store.FindAsync(endpoint);
        Assert.Equal(
            (EndpointCondition.Ok, null, Some.Instant.AddMinutes(3), null),
            (EndpointHealthRule.ConditionOf(up), up.FailingSince, up.Health.LastDeliveredAt, up.Health.LastError));
    }

    [Fact]
    public async Task First_success_of_an_endpoint_that_was_down_makes_everything_due_oldest_first()
    {
        var endpoint = await Store.CreateAsync();
        for (var conversation = 0; conversation < 600; conversation++)
        {
            await Store.AppendAsync(conversation);
        }

        await Store.DispatchAllAsync();
        foreach (var (index, lease) in (await Store.LeaseAsync(endpoint, Some.Instant, most: 599)).Index())
        {
            await Store.SettleAsync(
                lease, DeliveryState.Pending, Some.Instant.AddSeconds(index == 0 ? 0 : 20), again: TimeSpan.FromHours(10));
        }

        await SucceedAsync(endpoint, TimeSpan.FromMinutes(1));

        var due = await Store.LeaseAsync(endpoint, Some.Instant.AddMinutes(1), most: 1_000);
        Assert.Equal(599, due.Count);
    }

    [Fact]
    public async Task Success_of_an_endpoint_that_was_not_down_makes_nothing_due()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(2);
        await Store.DispatchAllAsync();
        var lease = (await Store.LeaseAsync(endpoint, Some.Instant, most: 1))[0];
        await Store.SettleAsync(lease, DeliveryState.Pending, Some.Instant, again: TimeSpan.FromHours(10));

        await SucceedAsync(endpoint, TimeSpan.FromMinutes(1));

        Assert.Empty(await Store.LeaseAsync(endpoint, Some.Instant.AddMinutes(1)));
    }

    [Fact]
    public async Task Success_restarts_the_five_days()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(2);
        await Store.DispatchAllAsync();

        await FailAsync(endpoint, TimeSpan.Zero);
        var lease = (await Store.LeaseAsync(endpoint, Some.Instant.AddDays(3), most: 1))[0];
        await Store.SettleAsync(lease, DeliveryState.Delivered, Some.Instant.AddDays(3));
        await FailAsync(endpoint, TimeSpan.FromDays(6));

        var found = await Store.FindAsync(endpoint);
        Assert.Equal((EndpointState.Enabled, Some.Instant.AddDays(6)), (found.State, found.FailingSince));
    }

    [Fact]
    public async Task Endpoint_that_returns_410_is_disabled_at_once_and_enabling_restarts_its_failure_period()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));

        await Store.Queue.SettleAsync(lease.Gone());

        var found = await Store.FindAsync(endpoint);
        Assert.Equal((EndpointState.Disabled, "It responded with 410 (Gone)."), (found.State, found.StateReason));
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Enabled, null);
        Assert.Null((await Store.FindAsync(endpoint)).FailingSince);
    }

    [Fact]
    public async Task Counts_exclude_replaced_deliveries()
    {
        var crm = await Store.CreateAsync(SomeEndpoint.Http("crm"));
        var shop = await Store.CreateAsync(SomeEndpoint.Http("shop"));
        var bus = await Store.CreateAsync(SomeEndpoint.Http("bus"));
        var sequence = await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.DrainAsync(crm);
        await Store.SettleAsync((await Store.LeaseAsync(shop))[0], DeliveryState.DeadLettered);
        await Store.LeaseAsync(bus);

        var before = await Store.Deliveries.CountAsync([sequence], Cancel);
        await Store.At(Some.Instant).Replays.CreateAsync(new ReplayRequest { DeadLetters = true, EndpointId = shop.Id });
        await Store.At(Some.Instant).Replays.StepAsync();

        Assert.Equal(new DeliveryCounts(1, 1, 1, 0), before[sequence]);
        Assert.Equal(new DeliveryCounts(2, 1, 0, 0), (await Store.Deliveries.CountAsync([sequence], Cancel))[sequence]);
    }

    private async Task SucceedAsync(WebhookEndpoint endpoint, TimeSpan after)
    {
        var lease = (await Store.LeaseAsync(endpoint, Some.Instant + after, most: 1))[0];
        await Store.SettleAsync(lease, DeliveryState.Delivered, Some.Instant + after);
    }

    private async Task FailAsync(WebhookEndpoint endpoint, TimeSpan after)
    {
        var now = Some.Instant + after;
        var lease = (await Store.LeaseAsync(endpoint, now, most: 1))[0];
        await Store.SettleAsync(lease, DeliveryState.Pending, now, again: TimeSpan.Zero);
    }
}
