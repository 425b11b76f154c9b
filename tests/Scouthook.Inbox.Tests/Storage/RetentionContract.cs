using System.Text.Json;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for retention.</summary>
public abstract class RetentionContract : StoreContract
{
    private static readonly TimeSpan OfEvents = TimeSpan.FromDays(30);
    private static readonly TimeSpan OfDeadLetters = TimeSpan.FromDays(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivered_event_is_removed_after_its_retention_with_everything_that_belongs_to_it()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.DrainAsync(endpoint);
        var stored = Assert.Single(await Store.AllAsync());
        var delivery = Assert.Single(await Store.DeliveriesAsync());

        await RemoveAsync(OfEvents);
        Assert.Single(await Store.AllAsync());
        await RemoveAsync(OfEvents + TimeSpan.FromSeconds(1));

        Assert.Empty(await Store.AllAsync());
        Assert.Null(await Store.History.ReadAsync(stored.Id, Cancel));
        Assert.Empty(await Store.DeliveriesAsync());
        Assert.Empty(await Store.Deliveries.AttemptsAsync(delivery.Id, Cancel));
    }

    [Fact]
    public async Task Dead_letter_and_its_event_are_kept_longer_and_its_removal_releases_blocked_deliveries()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.Strict));
        await Store.DeadLetterAsync(endpoint, later: 0);
        await RemoveAsync(TimeSpan.FromDays(89));
        var dead = Assert.Single(await Store.AllAsync());
        var later = await Store.AppendAsync(1, receivedAt: Some.Instant.AddDays(89));
        await Store.DispatchAllAsync(Some.Instant.AddDays(89));
        Assert.Empty(await Store.LeaseAsync(endpoint, Some.Instant.AddDays(89)));

        await RemoveAsync(TimeSpan.FromDays(91));

        Assert.Null(await Store.History.FindAsync(dead.Id, Cancel));
        Assert.Equal([later], await Store.DrainAsync(endpoint, Some.Instant.AddDays(91)));
    }

    [Fact]
    public async Task Pending_delivery_becomes_a_dead_letter_with_the_reason()
    {
        var endpoint = await Store.CreateAsync();
        await Store.At(Some.Instant).Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);
        await Store.AppendAsync(1);
        await Store.AppendAsync(1, receivedAt: Some.Instant.AddDays(20));
        await Store.DispatchAllAsync();

        await RemoveAsync(TimeSpan.FromDays(31));

        var deliveries = await Store.DeliveriesAsync(endpoint);
        Assert.Equal([DeliveryState.DeadLettered, DeliveryState.Pending], deliveries.Select(it => it.State));
        Assert.Contains("when retention removed its event", deliveries[0].StateReason, StringComparison.Ordinal);
        Assert.Equal(OperationalEvent.DeadLettered, Assert.Single(await Store.OperationalAsync()).EventType);
        await Store.At(Some.Instant).Endpoints.SetStateAsync(endpoint.Id, EndpointState.Enabled, null);
        Assert.Single(await Store.DrainAsync(endpoint, Some.Instant.AddDays(31)));
    }

    [Fact]
    public async Task Many_expired_deliveries_are_reported_in_a_few_events()
    {
        var endpoint = await Store.CreateAsync();
        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 250).Select(_ => Some.Event())]);
        await Store.DispatchAllAsync();

        await RemoveAsync(TimeSpan.FromDays(31));

        // One for each step, however many a step gives up.
        var bodies = await Task.WhenAll((await Store.OperationalAsync()).Select(raised => Store.History.ReadAsync(raised.Id, Cancel)));
        Assert.InRange(bodies.Length, 1, 10);
        Assert.Equal(250, bodies.Sum(raised => JsonDocument.Parse(raised!.Body).RootElement
            .GetProperty("deliveries").GetProperty("count").GetInt32()));
        Assert.Equal(250, (await Store.DeliveriesAsync(endpoint)).Count(it => it.State is DeliveryState.DeadLettered));
    }

    [Fact]
    public async Task Expired_delivery_of_a_strict_endpoint_blocks_later_ones()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.Strict));
        await Store.At(Some.Instant).Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);
        await Store.AppendAsync(1);
        var later = await Store.AppendAsync(1, receivedAt: Some.Instant.AddDays(20));
        await Store.DispatchAllAsync();
        await RemoveAsync(TimeSpan.FromDays(31));
        await Store.At(Some.Instant).Endpoints.SetStateAsync(endpoint.Id, EndpointState.Enabled, null);
        Assert.Empty(await Store.LeaseAsync(endpoint, Some.Instant.AddDays(31)));

        var dead = (await Store.DeliveriesAsync(endpoint)).Single(it => it.State is DeliveryState.DeadLettered);
        await Store.At(Some.Instant.AddDays(31)).Replays.DiscardAsync(dead.Id);

        Assert.Equal([later], await Store.DrainAsync(endpoint, Some.Instant.AddDays(31)));
    }

    [Fact]
    public async Task Event_of_a_dead_letter_retried_at_a_disabled_endpoint_is_not_kept_forever()
    {
        var endpoint = await Store.CreateAsync();
        var dead = await Store.DeadLetterAsync(endpoint, later: 0);
        await RemoveAsync(TimeSpan.FromDays(31));
        await Store.At(Some.Instant).Endpoints.SetStateAsync(endpoint.Id, EndpointState.Disabled, "by hand");
        await Store.At(Some.Instant.AddDays(32)).Replays.RetryAsync(dead.DeliveryId);
        await RemoveAsync(TimeSpan.FromDays(89));
        Assert.Equal(DeliveryState.Pending, (await Store.DeliveryAsync(dead.DeliveryId)).State);

        await RemoveAsync(TimeSpan.FromDays(91));
        Assert.Equal(DeliveryState.DeadLettered, (await Store.DeliveryAsync(dead.DeliveryId)).State);
        await RemoveAsync(TimeSpan.FromDays(91 + 91));

        Assert.Null(await Store.History.FindAsync(dead.Event.Id, Cancel));
    }

    [Fact]
    public async Task Undelivered_operational_event_expires_without_raising_another()
    {
        var operational = await Store.CreateAsync(SomeEndpoint.Http(events: ["scouthook.*"]));
        await Store.AppendAsync(OperationalEvent.Create(OperationalEvent.DiskLow, "Little space is left.", [], Some.Instant));
        await Store.DispatchAllAsync();

        await RemoveAsync(TimeSpan.FromDays(31));

        Assert.Equal(DeliveryState.DeadLettered, Assert.Single(await Store.DeliveriesAsync(operational)).State);
        Assert.Single(await Store.OperationalAsync());
    }

    [Fact]
    public async Task Retention_waits_for_a_leased_delivery()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));

        await RemoveAsync(TimeSpan.FromDays(31));
        Assert.Single(await Store.AllAsync());
        await Store.SettleAsync(lease, DeliveryState.Delivered);
        await RemoveAsync(TimeSpan.FromDays(31));

        Assert.Empty(await Store.AllAsync());
    }

    [Fact]
    public async Task Leased_delivery_that_fails_after_its_retention_becomes_a_dead_letter()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await RemoveAsync(TimeSpan.FromDays(31));
        await Store.SettleAsync(lease, DeliveryState.Pending, Some.Instant.AddDays(31));

        await RemoveAsync(TimeSpan.FromDays(31));

        Assert.Equal(DeliveryState.DeadLettered, (await Store.DeliveryAsync(lease.DeliveryId)).State);
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("replay")]
    [InlineData("discard")]
    public async Task Event_kept_for_a_dead_letter_is_removed_once_nothing_needs_it(string done)
    {
        var endpoint = await Store.CreateAsync();
        var dead = await Store.DeadLetterAsync(endpoint, later: 0);
        var now = TimeSpan.FromDays(40);
        await RemoveAsync(now);
        Assert.NotNull(await Store.History.FindAsync(dead.Event.Id, Cancel));

        Task settled = done switch
        {
            "retry" => Store.At(Some.Instant + now).Replays.RetryAsync(dead.DeliveryId),
            "discard" => Store.At(Some.Instant + now).Replays.DiscardAsync(dead.DeliveryId),
            _ => Store.At(Some.Instant + now).Replays.CreateAsync(new ReplayRequest { DeadLetters = true, EndpointId = endpoint.Id }),
        };
        await settled;
        await Store.At(Some.Instant + now).Replays.StepAsync();
        await RemoveAsync(now);
        Assert.Equal(done == "discard", await Store.History.FindAsync(dead.Event.Id, Cancel) is null);
        await Store.DrainAsync(endpoint, Some.Instant + now);
        await RemoveAsync(now);

        Assert.Null(await Store.History.FindAsync(dead.Event.Id, Cancel));
        Assert.Empty(await Store.DeliveriesAsync());
    }

    [Fact]
    public async Task Event_not_yet_dispatched_to_an_endpoint_is_kept()
    {
        var endpoint = await Store.CreateAsync();
        var sequence = await Store.AppendAsync(1);

        await RemoveAsync(TimeSpan.FromDays(31));
        await Store.DispatchAllAsync(Some.Instant.AddDays(31));

        Assert.Equal([sequence], await Store.OwedAsync(endpoint));
        await Store.DrainAsync(endpoint, Some.Instant.AddDays(31));
        await RemoveAsync(TimeSpan.FromDays(31));
        Assert.Empty(await Store.AllAsync());
    }

    [Fact]
    public async Task Search_terms_of_a_resource_are_removed_with_its_last_event()
    {
        var facts = Some.Facts(Some.Conversation(1)) with { Title = "Invoice", ConversationNumber = 77, CustomerEmail = "a@example.com" };
        await Store.AppendAsync(Some.Event(facts: facts with { ChangedAt = Some.Instant.AddDays(5) }));
        await Store.AppendAsync(Some.Event(facts: facts with { Title = "Refund" }, receivedAt: Some.Instant.AddDays(10)));

        await RemoveAsync(TimeSpan.FromDays(31));
        Assert.Empty(await FindAsync("Invoice"));
        Assert.Single(await FindAsync("Refund"));
        Assert.Single(await FindAsync("77"));
        Assert.Single(await FindAsync("a@example.com"));

        await RemoveAsync(TimeSpan.FromDays(41));
        Assert.Empty(await FindAsync("Refund"));
        Assert.Empty(await FindAsync("a@example.com"));

        // The state of the resource is removed as well, so an older state is no longer stale.
        var again = await Store.AppendAsync(Some.Event(facts: facts with { ChangedAt = Some.Instant }));
        Assert.False(again.IsStale);
    }

    [Fact]
    public async Task Removal_runs_in_small_steps_and_reports_completion()
    {
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 450).Select(_ => Some.Event())]);
        var left = new List<int>();

        var isMore = true;
        while (isMore)
        {
            isMore = await Store.At(Some.Instant.AddDays(31)).Retention
                .RemoveAsync(Some.Instant.AddDays(31), OfEvents, OfDeadLetters) is StepOutcome.MoreToDo;
            left.Add((await Store.AllAsync()).Count);
        }

        Assert.Equal(0, left[^1]);
        Assert.All(left.Prepend(450).Zip(left), pair => Assert.InRange(pair.First - pair.Second, 0, 200));
    }

    [Fact]
    public async Task Age_clock_decides_not_the_wall_clock()
    {
        var endpoint = await Store.CreateAsync();
        await Store.At(Some.Instant).Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();

        await RemoveAsync(TimeSpan.FromMinutes(24), now: Some.Instant.AddYears(1));

        Assert.Single(await Store.AllAsync());
        Assert.Equal(DeliveryState.Pending, Assert.Single(await Store.DeliveriesAsync(endpoint)).State);
        Assert.Equal(Some.Instant.AddMinutes(24), (await Store.Clocks.ReadAsync(Cancel)).Age);
        await RemoveAsync(TimeSpan.FromDays(31), now: Some.Instant);
        Assert.Equal(DeliveryState.DeadLettered, Assert.Single(await Store.DeliveriesAsync(endpoint)).State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(250)]
    public async Task Events_from_the_future_are_as_old_as_those_stored_after_them(int future)
    {
        await Store.AppendAsync(1);
        await Store.Inbox.AppendAsync(
            [.. Enumerable.Range(0, future).Select(_ => Some.Event(receivedAt: Some.Instant.AddYears(1)))]);
        await Store.AppendAsync(2, receivedAt: Some.Instant.AddMinutes(2));
        await Store.AppendAsync(3, receivedAt: Some.Instant.AddDays(20));

        await RemoveAsync(TimeSpan.FromDays(31));

        var left = Assert.Single(await Store.AllAsync());
        Assert.Equal(Some.Instant.AddDays(20), left.ReceivedAt);
    }

    [Fact]
    public async Task Event_from_the_past_makes_nothing_expire()
    {
        var young = Some.Instant.AddDays(40);
        await Store.AppendAsync(1, receivedAt: young);
        await Store.AppendAsync(Some.Event(receivedAt: DateTimeOffset.UnixEpoch) with { AgedAt = young });
        await Store.AppendAsync(2, receivedAt: young);

        await RemoveAsync(TimeSpan.FromDays(41));
        Assert.Equal(3, (await Store.AllAsync()).Count);
        await RemoveAsync(TimeSpan.FromDays(71));

        Assert.Empty(await Store.AllAsync());
    }

    [Fact]
    public async Task Dead_letter_from_the_future_is_removed_after_its_retention_counted_from_detection()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(lease, DeliveryState.DeadLettered, Some.Instant.AddYears(10));
        await Store.AppendAsync(2, receivedAt: Some.Instant.AddDays(30));
        await Store.DispatchAllAsync(Some.Instant.AddDays(30));
        await RemoveAsync(TimeSpan.FromDays(31));
        Assert.NotNull(await Store.History.FindAsync(lease.Event.Id, Cancel));

        await RemoveAsync(TimeSpan.FromDays(31 + 89));
        Assert.NotNull(await Store.History.FindAsync(lease.Event.Id, Cancel));
        await RemoveAsync(TimeSpan.FromDays(31 + 91));

        Assert.Null(await Store.History.FindAsync(lease.Event.Id, Cancel));
    }

    [Fact]
    public async Task Age_clock_is_stored_and_never_goes_back()
    {
        Assert.Null((await Store.Clocks.ReadAsync(Cancel)).Age);
        await Store.Retention.ForgetKeysAsync(Some.Instant.AddDays(2));
        await RemoveAsync(TimeSpan.FromDays(1));
        await Store.AppendAsync(1, receivedAt: Some.Instant.AddDays(3));
        await Store.ReopenAsync();

        var stored = await Store.Clocks.ReadAsync(Cancel);

        Assert.Equal((Some.Instant.AddDays(2), Some.Instant.AddDays(3)), (stored.Age, stored.NewestStoredAt));
    }

    private async Task<IReadOnlyList<StoredEvent>> FindAsync(string text) =>
        (await Store.History.ListAsync(new EventQuery { Text = text }, Cancel)).Items;

    /// <param name="after">How far the age clock has advanced.</param>
    /// <param name="now">The wall clock; by default the same.</param>
    private async Task RemoveAsync(TimeSpan after, DateTimeOffset? now = null)
    {
        for (var turn = 0; await Store.At(now ?? Some.Instant + after).Retention.RemoveAsync(Some.Instant + after, OfEvents, OfDeadLetters) is StepOutcome.MoreToDo; turn++)
        {
            Assert.True(turn < 1_000, "retention does not come to an end");
        }
    }
}
