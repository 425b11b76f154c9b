using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Tests.Storage;

namespace Scouthook.Inbox.Tests.Delivering;

public sealed class LeaseQueueTests
{
    private static readonly TimeSpan Until = TimeSpan.FromSeconds(45);

    private readonly LeaseQueue _queue = new();

    [Fact]
    public async Task Slots_take_started_leases_in_order_up_to_the_limit()
    {
        var leases = await LeasesAsync(4, started: 3);
        _queue.Add(leases, Until);

        Assert.Equal(leases[0].DeliveryId, _queue.Next(false, 2, Until)?.DeliveryId);
        Assert.Equal(leases[1].DeliveryId, _queue.Next(false, 2, Until)?.DeliveryId);
        Assert.Null(_queue.Next(false, 2, Until));
        Assert.Equal(leases[2].DeliveryId, _queue.Next(true, 2, Until)?.DeliveryId);
        Assert.Equal((2, 0, 1), (_queue.InFlight, _queue.Started, _queue.Ahead));

        // The last one has to be started first.
        Assert.Null(_queue.Next(true, 2, Until));
        Assert.Equal(1, _queue.InFlight);
        Assert.Equal([leases[3].DeliveryId], _queue.TakeAhead(5).Select(lease => lease.DeliveryId));
    }

    [Fact]
    public async Task Lease_that_does_not_last_long_enough_has_to_be_started_again()
    {
        var leases = await LeasesAsync(2, started: 2);
        _queue.Add([leases[0]], Until - TimeSpan.FromTicks(1));
        _queue.Add([leases[1]], Until);

        Assert.Equal(leases[1].DeliveryId, _queue.Next(false, 2, Until)?.DeliveryId);
        Assert.Equal([leases[0].DeliveryId], _queue.TakeAhead(5).Select(lease => lease.DeliveryId));
    }

    [Fact]
    public async Task Leases_that_could_not_be_started_come_first_again()
    {
        var leases = await LeasesAsync(3, started: 0);
        _queue.Add(leases, Until);
        var bytes = _queue.Bytes;

        _queue.PutBack(_queue.TakeAhead(2));

        Assert.Equal(bytes, _queue.Bytes);
        Assert.Equal(leases.Select(lease => lease.DeliveryId), _queue.TakeAhead(3).Select(lease => lease.DeliveryId));
        Assert.Equal(0, _queue.Bytes);
    }

    [Fact]
    public async Task Everything_that_waits_can_be_given_back()
    {
        _queue.Add(await LeasesAsync(4, started: 2), Until);
        _queue.Next(false, 1, Until);

        Assert.Equal(3, _queue.TakeAll().Count);
        Assert.Equal((1, 0, 0, 0L), (_queue.InFlight, _queue.Started, _queue.Ahead, _queue.Bytes));
    }

    private static async Task<IReadOnlyList<DeliveryLease>> LeasesAsync(int count, int started)
    {
        await using var work = await WorkSetup.CreateAsync();
        var endpoint = await work.Store.CreateAsync();
        for (var conversation = 1; conversation <= count; conversation++)
        {
            await work.OweAsync(conversation);
        }

        return (await work.Store.Queue.LeaseAsync(endpoint.Id, count, started, Until)).Leases;
    }
}
