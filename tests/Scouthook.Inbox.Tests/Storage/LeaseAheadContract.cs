using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for leases that are taken ahead and started later.</summary>
public abstract class LeaseAheadContract : StoreContract
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Only_the_first_of_a_batch_are_started()
    {
        var endpoint = await Store.CreateAsync();
        for (var conversation = 1; conversation <= 4; conversation++)
        {
            await Store.AppendAsync(conversation);
        }

        await Store.DispatchAllAsync();

        var leases = await LeaseAsync(endpoint, max: 3, started: 1);

        Assert.Equal([(1, true), (1, false), (1, false)], leases.Select(lease => (lease.Attempt, lease.IsStarted)));
        Assert.Equal(leases.Select(lease => lease.Event.Sequence).Order(), leases.Select(lease => lease.Event.Sequence));
        var deliveries = await Store.DeliveriesAsync(endpoint);
        Assert.Equal(
            [(DeliveryState.Leased, 1), (DeliveryState.Leased, 0), (DeliveryState.Leased, 0), (DeliveryState.Pending, 0)],
            deliveries.Select(delivery => (delivery.State, delivery.Attempts)));
        Assert.Single(await Store.LeaseAsync(endpoint));
    }

    [Theory]
    [InlineData("release")]
    [InlineData("expire")]
    [InlineData("reopen")]
    public async Task Lease_that_was_not_started_counts_no_attempt(string end)
    {
        var (endpoint, lease) = await TakeAheadAsync();

        var now = await EndAsync(lease, end);

        var delivery = await Store.DeliveryAsync(lease.DeliveryId);
        Assert.Equal((DeliveryState.Pending, 0), (delivery.State, delivery.Attempts));
        var again = Assert.Single(await Store.LeaseAsync(endpoint, now));
        Assert.Equal((lease.DeliveryId, 1, 1), (again.DeliveryId, again.Attempt, again.AttemptSinceReopened));
    }

    [Theory]
    [InlineData("release", 0)]
    [InlineData("expire", 1)]
    [InlineData("reopen", 1)]
    public async Task Started_lease_counts_an_attempt_unless_it_is_released(string end, int attempts)
    {
        var (endpoint, ahead) = await TakeAheadAsync();
        var lease = Assert.Single(await Store.Queue.StartAsync([ahead], LeaseTime));
        Assert.Equal((1, true), (lease.Attempt, lease.IsStarted));
        Assert.Equal(1, (await Store.DeliveryAsync(lease.DeliveryId)).Attempts);

        var now = await EndAsync(lease, end);

        var delivery = await Store.DeliveryAsync(lease.DeliveryId);
        Assert.Equal((DeliveryState.Pending, attempts), (delivery.State, delivery.Attempts));
        Assert.Equal(attempts + 1, Assert.Single(await Store.LeaseAsync(endpoint, now)).Attempt);
    }

    [Fact]
    public async Task Starting_extends_the_lease()
    {
        var (_, ahead) = await TakeAheadAsync();
        var started = Some.Instant.AddSeconds(40);

        Assert.Single(await Store.At(started).Queue.StartAsync([ahead], LeaseTime));

        Assert.Equal(0, await Store.At(started + LeaseTime - TimeSpan.FromSeconds(1)).Queue.ExpireLeasesAsync());
        Assert.Equal(1, await Store.At(started + LeaseTime).Queue.ExpireLeasesAsync());
    }

    [Fact]
    public async Task Only_leases_that_are_still_held_are_started()
    {
        var endpoint = await Store.CreateAsync();
        for (var conversation = 1; conversation <= 4; conversation++)
        {
            await Store.AppendAsync(conversation);
        }

        await Store.DispatchAllAsync();
        var leases = await LeaseAsync(endpoint, max: 4, started: 0);
        await Store.Queue.ReleaseAsync(leases[1]);
        await Store.Queue.ReleaseAsync(leases[2]);
        var other = Assert.Single(await LeaseAsync(endpoint, max: 1, started: 0));

        var started = await Store.Queue.StartAsync(leases, LeaseTime);

        Assert.Equal([leases[0].DeliveryId, leases[3].DeliveryId], started.Select(lease => lease.DeliveryId));
        Assert.All(started, lease => Assert.True(lease.IsStarted));
        Assert.Equal(leases[1].DeliveryId, other.DeliveryId);
        Assert.Equal([1, 0, 0, 1], (await Store.DeliveriesAsync(endpoint)).Select(delivery => delivery.Attempts));
        Assert.Empty(await Store.Queue.StartAsync([], LeaseTime));

        // The other worker still holds its lease.
        await Store.SettleAsync(Assert.Single(await Store.Queue.StartAsync([other], LeaseTime)), DeliveryState.Delivered);
    }

    [Fact]
    public async Task Started_lease_is_settled_like_any_other()
    {
        var (_, ahead) = await TakeAheadAsync();
        var lease = Assert.Single(await Store.Queue.StartAsync([ahead], LeaseTime));

        await Store.SettleAsync(lease, DeliveryState.Delivered);

        var delivery = await Store.DeliveryAsync(lease.DeliveryId);
        Assert.Equal((DeliveryState.Delivered, 1), (delivery.State, delivery.Attempts));
        Assert.Empty(await Store.Queue.StartAsync([lease], LeaseTime));
    }

    private async Task<(WebhookEndpoint Endpoint, DeliveryLease Lease)> TakeAheadAsync()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await LeaseAsync(endpoint, max: 1, started: 0));
        Assert.False(lease.IsStarted);
        return (endpoint, lease);
    }

    private async Task<IReadOnlyList<DeliveryLease>> LeaseAsync(WebhookEndpoint endpoint, int max, int started) =>
        (await Store.At(Some.Instant).Queue.LeaseAsync(endpoint.Id, max, started, LeaseTime)).Leases;

    /// <returns>The time at which the lease has ended.</returns>
    private async Task<DateTimeOffset> EndAsync(DeliveryLease lease, string end)
    {
        var expired = Some.Instant + LeaseTime;
        switch (end)
        {
            case "release":
                await Store.Queue.ReleaseAsync(lease);
                return Some.Instant;
            case "expire":
                Assert.Equal(1, await Store.At(expired).Queue.ExpireLeasesAsync());
                return expired;
            default:
                await Store.ReopenAsync();
                Assert.Equal(1, await Store.At(expired).Queue.RecoverAsync());
                return expired;
        }
    }
}
