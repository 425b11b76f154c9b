using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Tests.Storage;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>Stopping, pausing, and stores that are unavailable.</summary>
public sealed class WorkerStopTests
{
    [Fact]
    public async Task Shutdown_lets_attempts_finish_and_releases_those_that_do_not()
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        await work.OweAsync(1);
        await work.OweAsync(2);
        await work.OweAsync(1);
        ScriptedAttempt[] running = [await work.Destination.NextAsync(), await work.Destination.NextAsync()];

        var stopping = work.StopAsync();
        running.Single(it => it.Lease.Event.Facts.OrdersWith!.Value.Id == "1").End(AttemptOutcome.Delivered);
        await work.Queue.SettledAsync();
        Assert.False(stopping.IsCompleted);
        await work.Clock.ReachAsync(Some.Instant.AddSeconds(10));
        await stopping.InTime();

        var deliveries = await work.Store.DeliveriesAsync(endpoint);
        Assert.Equal(
            [(DeliveryState.Delivered, 1), (DeliveryState.Pending, 0), (DeliveryState.Pending, 0)],
            deliveries.Select(it => (it.State, it.Attempts)));
        Assert.Equal(2, (await work.Store.LeaseAsync(endpoint, Some.Instant.AddSeconds(10))).Count);
    }

    [Fact]
    public async Task Outcome_survives_a_temporarily_unavailable_store()
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        work.Queue.AwayFor = 3;
        await work.OweAsync(1);

        (await work.Destination.NextAsync()).End(AttemptOutcome.Delivered);
        for (var second = 1; second <= 3; second++)
        {
            await work.Clock.ReachAsync(Some.Instant.AddSeconds(second));
        }

        Assert.Equal(DeliveryState.Delivered, (await work.Queue.SettledAsync()).Settlement.State);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await work.Store.DeliveriesAsync(endpoint)).State);
        Assert.Single(work.Destination.Sequences);
    }

    [Fact]
    public async Task Paused_endpoint_gets_nothing_new_and_resumes_where_it_stopped()
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        await work.OweAsync(1);
        var running = await work.Destination.NextAsync();
        await SetAsync(work, endpoint, EndpointState.Paused);
        var second = await work.OweAsync(1);

        running.End(AttemptOutcome.Delivered);
        await work.Queue.SettledAsync();
        Assert.Equal(
            [DeliveryState.Delivered, DeliveryState.Pending],
            (await work.Store.DeliveriesAsync(endpoint)).Select(it => it.State));

        await SetAsync(work, endpoint, EndpointState.Enabled);
        Assert.Equal(second, (await work.Destination.NextAsync()).Lease.Event.Sequence);
    }

    [Fact]
    public async Task Endpoint_paused_and_resumed_immediately_gets_its_deliveries()
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        work.Destination.Always = _ => ScriptedDestination.Result(AttemptOutcome.Delivered);

        // There is no signal that the workers have noticed a pause, so the test makes many, including one of each kind.
        for (var count = 0; count < 50; count++)
        {
            await SetAsync(work, endpoint, EndpointState.Paused);
            await SetAsync(work, endpoint, EndpointState.Enabled);
            await work.OweAsync(count);
            Assert.Equal(DeliveryState.Delivered, (await work.Queue.SettledAsync()).Settlement.State);
        }
    }

    [Fact]
    public async Task Leases_of_an_earlier_process_are_released_at_startup()
    {
        await using var work = await WorkSetup.CreateAsync();
        var endpoint = await work.Store.CreateAsync();
        await work.OweAsync(1);
        Assert.Single(await work.Store.LeaseAsync(endpoint));

        await work.StartAsync();

        Assert.Equal(2, (await work.Destination.NextAsync()).Lease.Attempt);
    }

    [Fact]
    public async Task Expired_lease_is_attempted_again_and_the_late_outcome_is_only_recorded()
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        await work.OweAsync(1);
        var late = await work.Destination.NextAsync();

        // The timeout plus thirty seconds; expiry is checked every five.
        for (var second = 5; second <= 45; second += 5)
        {
            Assert.False(work.Destination.HasNext);
            await work.Clock.ReachAsync(Some.Instant.AddSeconds(second));
        }

        var again = await work.Destination.NextAsync();
        Assert.Equal((late.Lease.DeliveryId, 2), (again.Lease.DeliveryId, again.Lease.Attempt));

        late.End(AttemptOutcome.Gone);
        await work.Queue.SettledAsync();
        Assert.Equal(DeliveryState.Leased, Assert.Single(await work.Store.DeliveriesAsync(endpoint)).State);
        again.End(AttemptOutcome.Delivered);
        await work.Queue.SettledAsync();
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await work.Store.DeliveriesAsync(endpoint)).State);
        Assert.Equal(EndpointState.Enabled, (await work.Store.FindAsync(endpoint)).State);
        await Eventually.TrueAsync(
            () => Task.FromResult(work.Log.Entries.Any(it => it.Id == 3003)), "the late outcome is logged");
    }

    private static async Task SetAsync(WorkSetup work, WebhookEndpoint endpoint, EndpointState state) =>
        Assert.Equal(
            EndpointOutcome.Done,
            (await work.Store.At(work.Clock.GetUtcNow()).Endpoints.SetStateAsync(endpoint.Id, state, null)).Outcome);
}
