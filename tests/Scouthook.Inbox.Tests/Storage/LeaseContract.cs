using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for leasing deliveries.</summary>
public abstract class LeaseContract : StoreContract
{
    [Fact]
    public async Task Next_delivery_of_a_resource_is_leased_only_after_the_previous_one_is_settled()
    {
        var endpoint = await Store.CreateAsync();
        long[] first = [await Store.AppendAsync(1), await Store.AppendAsync(1)];
        var other = await Store.AppendAsync(2);
        await Store.DispatchAllAsync();

        var leases = await Store.LeaseAsync(endpoint);

        Assert.Equal([first[0], other], leases.Select(it => it.Event.Sequence));
        Assert.Empty(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(leases[0], DeliveryState.Delivered);
        Assert.Equal(first[1], Assert.Single(await Store.LeaseAsync(endpoint)).Event.Sequence);
    }

    [Fact]
    public async Task Delivery_waiting_for_its_next_attempt_blocks_only_its_own_resource()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var lease = Assert.Single(await Store.LeaseAsync(endpoint));
        await Store.SettleAsync(lease, DeliveryState.Pending, again: TimeSpan.FromMinutes(5));
        var other = await Store.AppendAsync(2);
        await Store.DispatchAllAsync();

        Assert.Equal([other], await Store.DrainAsync(endpoint));

        var later = await Store.DrainAsync(endpoint, Some.Instant.AddMinutes(5));
        Assert.Equal([lease.Event.Sequence, lease.Event.Sequence + 1], later);
    }

    [Fact]
    public async Task Endpoint_without_ordering_gets_all_deliveries_at_once()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.None));
        long[] sequences = [await Store.AppendAsync(1), await Store.AppendAsync(1), await Store.AppendAsync(1)];
        await Store.DispatchAllAsync();

        Assert.Equal(sequences, (await Store.LeaseAsync(endpoint)).Select(it => it.Event.Sequence));
    }

    [Fact]
    public async Task Events_without_an_ordering_key_never_wait()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.Strict));
        await Store.AppendAsync(Some.Event());
        await Store.AppendAsync(Some.Event());
        await Store.DispatchAllAsync();

        Assert.Equal(2, (await Store.LeaseAsync(endpoint)).Count);
    }

    [Fact]
    public async Task Rating_waits_for_its_conversation()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(Some.Event("satisfaction.ratings", Some.Facts() with
        {
            Resource = new(ResourceKind.Rating, "9"),
            OrdersWith = Some.Conversation(1),
        }));
        await Store.DispatchAllAsync();

        var lease = Assert.Single(await Store.LeaseAsync(endpoint));

        Assert.Equal("convo.tags", lease.Event.EventType);
        await Store.SettleAsync(lease, DeliveryState.Delivered);
        Assert.Equal("satisfaction.ratings", Assert.Single(await Store.LeaseAsync(endpoint)).Event.EventType);
    }

    [Fact]
    public async Task Same_id_of_another_source_or_kind_is_a_different_resource()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(Some.Event(facts: Some.Facts(Some.Conversation(1))));
        await Store.AppendAsync(Some.Event(facts: Some.Facts(Some.Conversation(1)), source: "second"));
        await Store.AppendAsync(Some.Event(facts: Some.Facts(new(ResourceKind.Customer, "1"))));
        await Store.DispatchAllAsync();

        Assert.Equal(3, (await Store.LeaseAsync(endpoint)).Count);
    }

    [Fact]
    public async Task Endpoints_do_not_wait_for_one_another()
    {
        var slow = await Store.CreateAsync(SomeEndpoint.Http("slow"));
        var quick = await Store.CreateAsync(SomeEndpoint.Http("quick"));
        long[] sequences = [await Store.AppendAsync(1), await Store.AppendAsync(1)];
        await Store.DispatchAllAsync();
        await Store.LeaseAsync(slow);

        Assert.Equal(sequences, await Store.DrainAsync(quick));
    }

    [Fact]
    public async Task Lease_contains_the_data_of_the_attempt()
    {
        var endpoint = await Store.CreateAsync();
        var stored = Some.Event(
            "convo.tags", Some.Facts(Some.Conversation(1), Some.Instant), Some.Bytes(5_000), headers: """[["Content-Encoding","gzip"]]""");
        var outcome = await Store.AppendAsync(stored);
        await Store.DispatchAllAsync();

        var lease = Assert.Single(await Store.LeaseAsync(endpoint));

        Assert.Equal(stored.Body.ToArray(), lease.Body);
        Assert.Equal(stored.Headers, lease.Headers);
        Assert.Equal(
            (stored.Id, outcome.Sequence, "convo.tags", 1, 1, null as Guid?),
            (lease.Event.Id, lease.Event.Sequence, lease.Event.EventType, lease.Attempt, lease.AttemptSinceReopened, lease.Replay));
        Assert.Equal(DeliveryState.Leased, (await Store.DeliveryAsync(lease.DeliveryId)).State);
    }

    [Fact]
    public async Task No_more_is_leased_than_requested_and_the_next_due_time_is_returned()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(2);
        await Store.DispatchAllAsync();
        var first = await Store.At(Some.Instant).Queue.LeaseAsync(endpoint.Id, 1, 1, TimeSpan.FromSeconds(45));
        Assert.Single(first.Leases);
        Assert.Equal(TimeSpan.Zero, first.NextDueIn);
        await Store.SettleAsync(first.Leases[0], DeliveryState.Pending, again: TimeSpan.FromMinutes(5));
        await Store.LeaseAsync(endpoint);

        var none = await Store.At(Some.Instant).Queue.LeaseAsync(endpoint.Id, 1, 1, TimeSpan.FromSeconds(45));

        Assert.Empty(none.Leases);
        Assert.Equal(TimeSpan.FromMinutes(5), none.NextDueIn);
    }

    [Fact]
    public async Task Expired_lease_is_granted_again_in_its_place_with_the_next_attempt_number()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var first = Assert.Single(await Store.LeaseAsync(endpoint));

        Assert.Equal(0, await Store.At(Some.Instant.AddSeconds(44)).Queue.ExpireLeasesAsync());
        Assert.Equal(1, await Store.At(Some.Instant.AddSeconds(45)).Queue.ExpireLeasesAsync());

        var second = Assert.Single(await Store.LeaseAsync(endpoint, Some.Instant.AddSeconds(45)));
        Assert.Equal((first.DeliveryId, 2), (second.DeliveryId, second.Attempt));
        Assert.NotEqual(first.Claim, second.Claim);
    }

    [Fact]
    public async Task New_process_recovers_the_leases_of_the_old_one()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.AppendAsync(2);
        await Store.DispatchAllAsync();
        await Store.LeaseAsync(endpoint);
        await Store.ReopenAsync();

        // Where other nodes may run, their leases cannot be told from those of a dead process until they expire.
        var now = Store.IsShared ? Some.Instant.AddSeconds(45) : Some.Instant;
        Assert.Empty(await Store.LeaseAsync(endpoint, now));
        Assert.Equal(2, await Store.At(now).Queue.RecoverAsync());
        Assert.Equal([2, 2], (await Store.LeaseAsync(endpoint, now)).Select(it => it.Attempt));
    }

    [Fact]
    public async Task Released_lease_counts_no_attempt()
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var first = Assert.Single(await Store.LeaseAsync(endpoint));

        await Store.Queue.ReleaseAsync(first);

        var again = Assert.Single(await Store.LeaseAsync(endpoint));
        Assert.Equal((first.DeliveryId, 1), (again.DeliveryId, again.Attempt));
        await Store.Queue.ReleaseAsync(first);
        Assert.Equal(DeliveryState.Leased, (await Store.DeliveryAsync(first.DeliveryId)).State);
    }
}
