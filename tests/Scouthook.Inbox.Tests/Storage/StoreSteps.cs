using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>
/// Runs the steps of dispatching and delivering on a store, one at a time and without a real clock.
/// </summary>
internal static class StoreSteps
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(45);

    public static async Task<WebhookEndpoint> CreateAsync(
        this StoreHarness store, EndpointDefinition? definition = null, StartPosition? start = null)
    {
        var (outcome, created) = await store.At(Some.Instant).Endpoints.CreateAsync(definition ?? SomeEndpoint.Http(), SomeEndpoint.Secrets, start ?? StartPosition.Now);
        Assert.Equal(EndpointOutcome.Done, outcome);
        Assert.NotNull(created);
        return created;
    }

    public static async Task<WebhookEndpoint> FindAsync(this StoreHarness store, WebhookEndpoint endpoint)
    {
        var found = await store.Endpoints.FindAsync(endpoint.Id, TestContext.Current.CancellationToken);
        Assert.NotNull(found);
        return found;
    }

    /// <summary>
    /// Dispatches until nothing is left; bounded, so that a store that never finishes fails the test.
    /// </summary>
    /// <returns>The number of deliveries written, per round.</returns>
    public static async Task<IReadOnlyList<int>> DispatchAllAsync(this StoreHarness store, DateTimeOffset? now = null)
    {
        var turns = new List<int>();
        for (var isMore = true; isMore;)
        {
            Assert.True(turns.Count < 10_000, "dispatching does not come to an end");
            var outcome = await store.At(now ?? Some.Instant).Dispatching.DispatchAsync();
            turns.Add(outcome.Deliveries);
            isMore = outcome.IsMoreToDo;
        }

        return turns;
    }

    public static async Task<IReadOnlyList<DeliveryLease>> LeaseAsync(
        this StoreHarness store, WebhookEndpoint endpoint, DateTimeOffset? now = null, int most = 100) =>
        (await store.At(now ?? Some.Instant).Queue.LeaseAsync(endpoint.Id, most, most, LeaseTime)).Leases;

    public static Settlement Settlement(
        this DeliveryLease lease, DeliveryState state, TimeSpan? again = null, DateTimeOffset? startedAt = null) => new()
    {
        Lease = lease,
        StartedAt = startedAt ?? Some.Instant,
        Result = new AttemptResult
        {
            Outcome = state is DeliveryState.Delivered ? AttemptOutcome.Delivered : AttemptOutcome.Rejected,
        },
        State = state,
        RetryAfter = state is DeliveryState.Pending ? again ?? TimeSpan.FromSeconds(5) : null,
        Reason = state is DeliveryState.DeadLettered ? "It never answered." : null,
    };

    /// <summary>The endpoint answers 410.</summary>
    public static Settlement Gone(this DeliveryLease lease) => lease.Settlement(DeliveryState.DeadLettered) with
    {
        Result = new AttemptResult { Outcome = AttemptOutcome.Gone },
    };

    /// <summary>Declares endpoints as a configuration does, each time something new.</summary>
    /// <returns>The names that are taken.</returns>
    public static async Task<IReadOnlyList<string>> DeclareAsync(
        this StoreHarness store, string goneReason, params DesiredEndpoint[] declared)
    {
        var declaration = new DesiredEndpointSet(EndpointOrigin.Configuration, Some.Id().ToString(), declared, goneReason);
        var result = await store.Endpoints.DeclareAsync(declaration);
        Assert.Equal(DeclarationOutcome.Applied, result.Outcome);
        return result.TakenNames;
    }

    public static async Task SettleAsync(
        this StoreHarness store, DeliveryLease lease, DeliveryState state, DateTimeOffset? at = null, TimeSpan? again = null) =>
        Assert.Equal(SettleOutcome.Settled, await store.At(at ?? Some.Instant).Queue.SettleAsync(lease.Settlement(state, again, at)));

    /// <summary>Delivers everything that can be delivered, and returns the order.</summary>
    public static async Task<IReadOnlyList<long>> DrainAsync(
        this StoreHarness store, WebhookEndpoint endpoint, DateTimeOffset? now = null)
    {
        var sequences = new List<long>();
        while (await store.LeaseAsync(endpoint, now, most: 1) is [var lease])
        {
            sequences.Add(lease.Event.Sequence);
            await store.SettleAsync(lease, DeliveryState.Delivered, now);
        }

        return sequences;
    }

    /// <summary>Returns all deliveries, of one endpoint or all, oldest first.</summary>
    public static async Task<IReadOnlyList<Delivery>> DeliveriesAsync(
        this StoreHarness store, WebhookEndpoint? endpoint = null, DeliveryState? state = null)
    {
        var all = new List<Delivery>();
        for (string? cursor = null; ;)
        {
            var page = await store.Deliveries.ListAsync(
                new DeliveryQuery { EndpointId = endpoint?.Id, State = state, Cursor = cursor, Limit = 500 },
                TestContext.Current.CancellationToken);
            all.AddRange(page.Items);
            if (page.Next is not { } next)
            {
                all.Reverse();
                return all;
            }

            cursor = next;
        }
    }

    public static async Task<Delivery> DeliveryAsync(this StoreHarness store, Guid id)
    {
        var found = await store.Deliveries.FindAsync(id, TestContext.Current.CancellationToken);
        Assert.NotNull(found);
        return found;
    }

    /// <summary>Returns the sequences dispatched to an endpoint, in dispatch order.</summary>
    public static async Task<IReadOnlyList<long>> OwedAsync(this StoreHarness store, WebhookEndpoint endpoint)
    {
        var sequences = (await store.WithOperationalAsync()).ToDictionary(it => it.Id, it => it.Sequence);
        return [.. (await store.DeliveriesAsync(endpoint)).Select(it => sequences[it.EventId])];
    }

    /// <summary>Returns all stored events including operational ones, oldest first.</summary>
    public static async Task<IReadOnlyList<StoredEvent>> WithOperationalAsync(this StoreHarness store) =>
        [.. (await store.AllAsync()).Concat(await store.OperationalAsync()).OrderBy(it => it.Sequence)];

    /// <summary>Returns the operational events, oldest first.</summary>
    public static async Task<IReadOnlyList<StoredEvent>> OperationalAsync(this StoreHarness store) =>
        [.. (await store.ListAllAsync(new EventQuery { Source = OperationalEvent.Source, Limit = 500 })).Reverse()];

    public static async Task<long> AppendAsync(
        this StoreHarness store, long conversation, string eventType = "convo.tags", DateTimeOffset? receivedAt = null) =>
        (await store.AppendAsync(Some.Event(
            eventType, Some.Facts(Some.Conversation(conversation)), receivedAt: receivedAt))).Sequence;

    /// <summary>Stores events of one resource, dispatches them and makes the first one a dead letter.</summary>
    /// <returns>The dead letter.</returns>
    public static async Task<DeliveryLease> DeadLetterAsync(
        this StoreHarness store, WebhookEndpoint endpoint, int later = 2, DateTimeOffset? at = null)
    {
        for (var count = 0; count <= later; count++)
        {
            await store.AppendAsync(1, receivedAt: at);
        }

        await store.DispatchAllAsync(at);
        var lease = Assert.Single(await store.LeaseAsync(endpoint, at));
        await store.SettleAsync(lease, DeliveryState.DeadLettered, at);
        return lease;
    }
}
