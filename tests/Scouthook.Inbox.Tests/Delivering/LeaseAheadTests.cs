using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Relational;
using Scouthook.Inbox.Tests.Storage;
using Scouthook.Inbox.Tests.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A worker leases more than it can attempt at once from a fast endpoint, and gives back what it cannot use.</summary>
public sealed class LeaseAheadTests
{
    private const int Slots = 2;

    [Fact]
    public async Task Fast_endpoint_gets_deliveries_leased_ahead_that_count_no_attempt()
    {
        await using var work = await FastAsync();

        // At most two per slot are ahead, and up to half of them are only leased when others are needed. One is started for
        // the slot that is free next.
        await EventuallyAsync(work, leased =>
            leased.Count is > Slots + Slots and <= Slots + (2 * Slots)
            && leased.Count(delivery => delivery.Attempts == 1) == Slots + 1);

        Assert.Contains(await work.Store.DeliveriesAsync(state: DeliveryState.Leased), delivery => delivery.Attempts == 0);
    }

    [Fact]
    public async Task Slot_takes_the_next_lease_although_the_store_is_unavailable()
    {
        await using var work = await FastAsync();
        await EventuallyAsync(work, leased => leased.Count(delivery => delivery.Attempts == 1) == Slots + 1);
        var running = await work.Destination.NextAsync();
        await work.Destination.NextAsync();
        work.Queue.AwayFor = int.MaxValue;

        running.End(AttemptOutcome.Delivered);

        await work.Destination.NextAsync();
        work.Queue.AwayFor = 0;
    }

    [Fact]
    public async Task Pause_gives_back_what_was_not_attempted()
    {
        await using var work = await FastAsync();
        await EventuallyAsync(work, leased => leased.Count > Slots);
        var endpoint = Assert.Single(await work.Store.Endpoints.ListAsync(TestContext.Current.CancellationToken));

        await work.Store.At(work.Clock.GetUtcNow()).Endpoints.SetStateAsync(endpoint.Id, EndpointState.Paused, null);

        await EventuallyAsync(work, leased => leased.Count == Slots);
        Assert.All(await work.Store.DeliveriesAsync(state: DeliveryState.Pending), delivery => Assert.Equal(0, delivery.Attempts));
    }

    [Fact]
    public async Task Open_circuit_gives_back_what_was_not_attempted()
    {
        await using var work = await FastAsync();
        await EventuallyAsync(work, leased => leased.Count > Slots);
        for (var failure = 1; failure <= 4; failure++)
        {
            (await work.Destination.NextAsync()).End(AttemptOutcome.Rejected);
            await work.Queue.SettledAsync();
        }

        // The fifth after ten seconds opens it.
        var running = await work.Destination.NextAsync();
        work.Clock.Advance(TimeSpan.FromSeconds(10));
        running.End(AttemptOutcome.Rejected);

        await EventuallyAsync(work, leased => leased.Count == 1);
        Assert.All(
            (await work.Store.DeliveriesAsync(state: DeliveryState.Pending)).Where(delivery => delivery.LastError is null),
            delivery => Assert.InRange(delivery.Attempts, 0, 1));
    }

    [Fact]
    public async Task Lease_that_a_slow_store_granted_is_extended_before_its_attempt()
    {
        var (work, _) = await WorkSetup.StartAsync();
        await using var disposed = work;
        work.Queue.Granted = () =>
        {
            work.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        };

        await work.OweAsync(1);

        var attempt = await work.Destination.NextAsync();
        Assert.Equal((1, true), (attempt.Lease.Attempt, attempt.Lease.IsStarted));
        var until = work.Store.Number("SELECT lease_until FROM delivery") - StoredTime.From(attempt.StartedAt);
        Assert.InRange(TimeSpan.FromMicroseconds(until), TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Slot_that_ends_while_another_gets_its_lease_gets_one_too()
    {
        var (work, _) = await WorkSetup.StartAsync(SomeEndpoint.Http() with { Concurrency = Slots });
        await using var disposed = work;
        for (var conversation = 1; conversation <= 4; conversation++)
        {
            await work.OweAsync(conversation);
        }

        var first = await work.Destination.NextAsync();
        var second = await work.Destination.NextAsync();
        work.Queue.Granted = async () =>
        {
            work.Queue.Granted = null;
            second.End(AttemptOutcome.Delivered);
            await work.Queue.SettledAsync();
            await work.Queue.SettledAsync();
        };
        first.End(AttemptOutcome.Delivered);

        await work.Destination.NextAsync();
        await work.Destination.NextAsync();
    }

    /// <summary>Starts a worker that has found its endpoint to be fast, and has more to deliver.</summary>
    private static async Task<WorkSetup> FastAsync()
    {
        var (work, _) = await WorkSetup.StartAsync(SomeEndpoint.Http() with { Concurrency = Slots });
        for (var conversation = 1; conversation <= 40; conversation++)
        {
            await work.OweAsync(conversation);
        }

        for (var attempt = 1; attempt <= 8; attempt++)
        {
            (await work.Destination.NextAsync()).End(AttemptOutcome.Delivered);
            await work.Queue.SettledAsync();
        }

        work.Clock.Advance(TimeSpan.FromMilliseconds(100));
        (await work.Destination.NextAsync()).End(AttemptOutcome.Delivered);
        await work.Queue.SettledAsync();
        return work;
    }

    private static Task EventuallyAsync(WorkSetup work, Func<IReadOnlyList<Delivery>, bool> isTrue) => Eventually.TrueAsync(
        async () => isTrue(await work.Store.DeliveriesAsync(state: DeliveryState.Leased)), "the right number is leased");
}
