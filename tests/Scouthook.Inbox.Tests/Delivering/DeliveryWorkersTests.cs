using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Tests.Storage;

namespace Scouthook.Inbox.Tests.Delivering;

public sealed class DeliveryWorkersTests
{
    private static readonly TimeSpan[] Schedule =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(0.37)]
    [InlineData(1)]
    public async Task Delivery_that_always_fails_becomes_a_dead_letter_after_ten_scheduled_attempts(double dice)
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        work.Dice = dice;
        await work.OweAsync(1);

        for (var attempt = 1; attempt <= Schedule.Length; attempt++)
        {
            var wait = Schedule[attempt - 1];
            (await work.Destination.NextAsync()).End(AttemptOutcome.Rejected);
            var settled = await work.Queue.SettledAsync();

            Assert.Equal(DeliveryState.Pending, settled.Settlement.State);
            Assert.Equal(wait * (0.8 + 0.4 * dice), settled.NextAttemptAt - settled.At);
            if (attempt >= 5)
            {
                // By now the endpoint counts as down, and its worker waits until the next probe.
                await work.Clock.ReachAsync(settled.At.AddSeconds(1 << (attempt - 5)));
            }

            await work.ReachAsync(settled.NextAttemptAt!.Value);
        }

        (await work.Destination.NextAsync()).End(AttemptOutcome.Rejected);
        Assert.Equal(DeliveryState.DeadLettered, (await work.Queue.SettledAsync()).Settlement.State);
        var dead = Assert.Single(await work.Store.DeliveriesAsync(endpoint));
        Assert.Equal((DeliveryState.DeadLettered, 10), (dead.State, dead.Attempts));
        Assert.Equal(OperationalEvent.DeadLettered, Assert.Single(await work.Store.OperationalAsync()).EventType);
        var attempts = await work.Store.Deliveries.AttemptsAsync(dead.Id, Cancel);
        Assert.Equal(Enumerable.Range(1, 10), attempts.Select(it => it.Number));
        var apart = attempts.Zip(attempts.Skip(1), (one, next) => next.StartedAt - one.StartedAt);
        Assert.All(apart.Zip(Schedule), it => Assert.InRange(
            it.Second * (0.8 + 0.4 * dice) - it.First, TimeSpan.Zero, TimeSpan.FromMicroseconds(1)));
    }

    /// <summary>Seen: after a retry, pending deliveries of an endpoint that was up again waited 13 seconds for the next probe.</summary>
    [Fact]
    public async Task Retry_of_an_endpoint_that_is_down_probes_it_at_once()
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        await work.OweAsync(1);
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            (await work.Destination.NextAsync()).End(AttemptOutcome.Rejected);
            var settled = await work.Queue.SettledAsync();
            if (attempt < 5)
            {
                await work.ReachAsync(settled.NextAttemptAt!.Value);
            }
        }

        var retriedAt = work.Clock.GetUtcNow();
        await work.Store.Endpoints.RetryAsync(endpoint.Id);

        var probe = await work.Destination.NextAsync();
        Assert.Equal(retriedAt, probe.StartedAt);
        probe.End(AttemptOutcome.Delivered);
    }

    [Fact]
    public async Task Retry_After_lengthens_the_wait_but_never_shortens_it()
    {
        var (work, _) = await WorkSetup.StartAsync();
        await using var disposed = work;
        await work.OweAsync(1);

        (await work.Destination.NextAsync()).End(AttemptOutcome.Rejected, TimeSpan.FromMinutes(20));
        var longer = await work.Queue.SettledAsync();
        Assert.Equal(TimeSpan.FromMinutes(20), longer.NextAttemptAt - longer.At);

        await work.ReachAsync(longer.NextAttemptAt!.Value);
        var second = await work.Destination.NextAsync();
        Assert.Equal(Some.Instant.AddMinutes(20), second.StartedAt);
        second.End(AttemptOutcome.Rejected, TimeSpan.FromSeconds(1));
        var shorter = await work.Queue.SettledAsync();
        Assert.Equal(TimeSpan.FromMinutes(5), shorter.NextAttemptAt - shorter.At);
    }

    [Fact]
    public async Task Endpoint_that_returns_410_is_disabled_and_its_delivery_becomes_a_dead_letter()
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        await work.OweAsync(1);

        (await work.Destination.NextAsync()).End(AttemptOutcome.Gone);
        await work.Queue.SettledAsync();
        await work.OweAsync(2);

        Assert.Equal(
            [DeliveryState.DeadLettered, DeliveryState.Pending],
            (await work.Store.DeliveriesAsync(endpoint)).Select(it => it.State));
        Assert.Equal(EndpointState.Disabled, (await work.Store.FindAsync(endpoint)).State);
        Assert.Equal(
            [OperationalEvent.DeadLettered, OperationalEvent.EndpointDisabled],
            (await work.Store.OperationalAsync()).Select(it => it.EventType));
    }

    [Fact]
    public async Task Event_a_handler_gives_up_on_becomes_a_dead_letter_at_once()
    {
        var (work, endpoint) = await WorkSetup.StartAsync();
        await using var _ = work;
        await work.OweAsync(1);

        (await work.Destination.NextAsync()).End(AttemptOutcome.GivenUp);
        await work.Queue.SettledAsync();

        Assert.Equal(DeliveryState.DeadLettered, Assert.Single(await work.Store.DeliveriesAsync(endpoint)).State);
        Assert.Null((await work.Store.FindAsync(endpoint)).FailingSince);
    }

    [Fact]
    public async Task Delivery_whose_process_died_at_every_attempt_becomes_a_dead_letter_without_another_attempt()
    {
        await using var work = await WorkSetup.CreateAsync();
        var endpoint = await work.Store.CreateAsync();
        await work.OweAsync(1);
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            Assert.Single(await work.Store.LeaseAsync(endpoint));
            await work.Store.Queue.RecoverAsync();
        }

        await work.StartAsync();
        var settled = await work.Queue.SettledAsync();

        Assert.Equal((DeliveryState.DeadLettered, AttemptOutcome.Interrupted), (settled.Settlement.State, settled.Settlement.Result.Outcome));
        Assert.False(work.Destination.HasNext);
    }

    [Fact]
    public async Task Events_of_one_resource_are_attempted_in_sequence_and_others_in_parallel()
    {
        var (work, _) = await WorkSetup.StartAsync();
        await using var disposed = work;
        var first = await work.OweAsync(1);
        var second = await work.OweAsync(1);
        var other = await work.OweAsync(2);

        ScriptedAttempt[] beside = [await work.Destination.NextAsync(), await work.Destination.NextAsync()];
        Assert.Equal([first, other], beside.Select(it => it.Lease.Event.Sequence).Order());
        Assert.False(work.Destination.HasNext);
        beside.Single(it => it.Lease.Event.Sequence == first).End(AttemptOutcome.Delivered);

        Assert.Equal(second, (await work.Destination.NextAsync()).Lease.Event.Sequence);
    }

    [Fact]
    public async Task Concurrent_attempts_stay_within_the_limit_of_the_endpoint()
    {
        var (work, _) = await WorkSetup.StartAsync(SomeEndpoint.Http() with { Concurrency = 2 });
        await using var disposed = work;
        for (var conversation = 0; conversation < 4; conversation++)
        {
            await work.OweAsync(conversation);
        }

        var first = await work.Destination.NextAsync();
        await work.Destination.NextAsync();
        Assert.Equal(2, (await work.Store.DeliveriesAsync(state: DeliveryState.Leased)).Count);
        first.End(AttemptOutcome.Delivered);

        await work.Destination.NextAsync();
        await work.Queue.SettledAsync();
        Assert.Equal(2, (await work.Store.DeliveriesAsync(state: DeliveryState.Leased)).Count);
    }
}
