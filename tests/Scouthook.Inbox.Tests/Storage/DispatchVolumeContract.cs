using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for dispatching large numbers of events.</summary>
public abstract class DispatchVolumeContract : StoreContract
{
    [Fact]
    public async Task Event_for_a_thousand_endpoints_reaches_each_once_over_several_rounds()
    {
        var endpoints = new List<WebhookEndpoint>();
        for (var count = 0; count < 1_000; count++)
        {
            endpoints.Add(await Store.CreateAsync(SomeEndpoint.Http($"endpoint {count}")));
        }

        await Store.AppendAsync(1);
        await Store.AppendAsync(1);

        var turns = await Store.DispatchAllAsync();

        Assert.All(turns, deliveries => Assert.InRange(deliveries, 0, 500));
        Assert.Equal(2_000, turns.Sum());
        var byEndpoint = (await Store.DeliveriesAsync()).GroupBy(it => it.EndpointId).ToList();
        Assert.Equal(1_000, byEndpoint.Count);
        Assert.All(byEndpoint, deliveries => Assert.Equal(2, deliveries.DistinctBy(it => it.EventId).Count()));
    }

    [Fact]
    public async Task Endpoint_far_behind_does_not_block_others_and_catches_up()
    {
        var front = await Store.CreateAsync(SomeEndpoint.Http("front"));
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 5_000).Select(_ => Some.Event("tag.created"))]);
        await Store.DispatchAllAsync();
        var behind = await Store.CreateAsync(SomeEndpoint.Http("behind"), StartPosition.Beginning);

        for (var count = 0; count < 4; count++)
        {
            var sequence = await Store.AppendAsync(count);
            await Store.Dispatching.DispatchAsync();
            await Store.Dispatching.DispatchAsync();

            Assert.Equal(sequence, (await Store.FindAsync(front)).DispatchedThrough);
            Assert.True((await Store.FindAsync(behind)).DispatchedThrough < sequence);
        }

        await Store.DispatchAllAsync();
        Assert.Equal(5_004, (await Store.DeliveriesAsync(front)).Count);
        Assert.Equal(await Store.OwedAsync(front), await Store.OwedAsync(behind));
    }

    [Fact]
    public async Task Endpoints_at_different_positions_all_catch_up()
    {
        var behind = new List<WebhookEndpoint>();
        for (var count = 0; count < 5; count++)
        {
            await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 300).Select(_ => Some.Event())]);
            behind.Add(await Store.CreateAsync(SomeEndpoint.Http($"endpoint {count}")));
        }

        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 300).Select(_ => Some.Event())]);

        await Store.DispatchAllAsync();

        for (var count = 0; count < 5; count++)
        {
            Assert.Equal((5 - count) * 300, (await Store.OwedAsync(behind[count])).Distinct().Count());
            Assert.Equal((5 - count) * 300, (await Store.DeliveriesAsync(behind[count])).Count);
        }
    }

    [Fact]
    public async Task Round_without_a_match_advances_and_reports_whether_there_is_more()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(events: ["tag.created"]));
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 1_100).Select(_ => Some.Event())]);
        var last = (await Store.AllAsync())[^1].Sequence;

        var turns = await Store.DispatchAllAsync();

        Assert.All(turns, deliveries => Assert.Equal(0, deliveries));
        Assert.Equal(last, (await Store.FindAsync(endpoint)).DispatchedThrough);
        Assert.Equal(new DispatchOutcome(0, IsMoreToDo: false), await Store.Dispatching.DispatchAsync());
    }
}
