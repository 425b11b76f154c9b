using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for turning events into deliveries.</summary>
public abstract class DispatchContract : StoreContract
{
    [Theory]
    [InlineData("convo.tags", "convo.tags", true)]
    [InlineData("convo.tags", "convo.tagsX", false)]
    [InlineData("convo.*", "convo.customer.reply.created", true)]
    [InlineData("convo.*", "customer.created", false)]
    [InlineData("*", "helpscout.newer", true)]
    public async Task Event_is_dispatched_to_endpoints_whose_patterns_match(string pattern, string eventType, bool isDispatched)
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(events: ["tag.created", pattern]));
        await Store.AppendAsync(Some.Event(eventType));

        await Store.DispatchAllAsync();

        Assert.Equal(isDispatched ? 1 : 0, (await Store.DeliveriesAsync(endpoint)).Count);
    }

    [Theory]
    [InlineData(7L, true)]
    [InlineData(8L, false)]
    [InlineData(null, true)]
    public async Task Mailbox_filter_accepts_events_without_a_mailbox(long? mailbox, bool isDispatched)
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(mailboxIds: [5, 7]));
        await Store.AppendAsync(Some.Event(facts: Some.Facts() with { MailboxId = mailbox }));

        await Store.DispatchAllAsync();

        Assert.Equal(isDispatched ? 1 : 0, (await Store.DeliveriesAsync(endpoint)).Count);
    }

    [Theory]
    [InlineData(EventState.Ok)]
    [InlineData(EventState.Unknown)]
    [InlineData(EventState.Unreadable)]
    [InlineData(EventState.Notification)]
    internal async Task Endpoint_gets_only_events_in_states_that_it_wants(EventState state)
    {
        var wants = await Store.CreateAsync(SomeEndpoint.Http("wants", states: (EventStates)(1 << (int)state)));
        var wantsNot = await Store.CreateAsync(
            SomeEndpoint.Http("wants not", states: EventStates.All & ~(EventStates)(1 << (int)state)));
        await Store.AppendAsync(Some.Event(facts: Some.Facts() with { State = state }));

        await Store.DispatchAllAsync();

        Assert.Single(await Store.DeliveriesAsync(wants));
        Assert.Empty(await Store.DeliveriesAsync(wantsNot));
    }

    [Fact]
    public async Task Operational_events_go_only_to_endpoints_that_subscribe_to_them()
    {
        var everything = await Store.CreateAsync(SomeEndpoint.Http("everything"));
        var operational = await Store.CreateAsync(SomeEndpoint.Http("operational", events: ["scouthook.*"]));
        await Store.AppendAsync(OperationalEvent.Create(OperationalEvent.DiskLow, "Little space is left.", [], Some.Instant));

        await Store.DispatchAllAsync();

        Assert.Empty(await Store.DeliveriesAsync(everything));
        Assert.Single(await Store.DeliveriesAsync(operational));
    }

    [Fact]
    public async Task Received_event_with_an_operational_name_is_treated_like_any_other()
    {
        var everything = await Store.CreateAsync(SomeEndpoint.Http("everything"));
        var operational = await Store.CreateAsync(SomeEndpoint.Http("operational", events: ["scouthook.*"]));
        await Store.AppendAsync(Some.Event(OperationalEvent.DiskLow));

        await Store.DispatchAllAsync();

        Assert.Single(await Store.DeliveriesAsync(everything));
        Assert.Empty(await Store.DeliveriesAsync(operational));
    }

    [Fact]
    public async Task Endpoint_starts_at_the_configured_position()
    {
        long[] sequences = [.. await AppendHourlyAsync(4)];
        var now = await Store.CreateAsync(SomeEndpoint.Http("now"));
        var beginning = await Store.CreateAsync(SomeEndpoint.Http("beginning"), StartPosition.Beginning);
        var instant = await Store.CreateAsync(SomeEndpoint.Http("instant"), StartPosition.At(Some.Instant.AddHours(2)));
        var future = await Store.CreateAsync(SomeEndpoint.Http("future"), StartPosition.At(Some.Instant.AddYears(1)));
        var later = await Store.AppendAsync(9);

        await Store.DispatchAllAsync();

        Assert.Equal([later], await Store.OwedAsync(now));
        Assert.Equal([.. sequences, later], await Store.OwedAsync(beginning));
        Assert.Equal([.. sequences[2..], later], await Store.OwedAsync(instant));
        Assert.Equal([later], await Store.OwedAsync(future));
    }

    [Theory]
    [InlineData(EndpointState.Paused)]
    [InlineData(EndpointState.Disabled)]
    internal async Task Endpoint_that_is_not_enabled_accrues_and_resumes_in_order(EndpointState state)
    {
        var endpoint = await Store.CreateAsync();
        await Store.Endpoints.SetStateAsync(endpoint.Id, state, "for a while");
        long[] sequences = [await Store.AppendAsync(1), await Store.AppendAsync(1), await Store.AppendAsync(1)];
        await Store.DispatchAllAsync();

        Assert.Empty(await Store.LeaseAsync(endpoint));
        Assert.Empty(await Store.Queue.FindDueAsync(TestContext.Current.CancellationToken));

        await Store.Endpoints.SetStateAsync(endpoint.Id, EndpointState.Enabled, null);
        Assert.Equal([endpoint.Id], await Store.Queue.FindDueAsync(TestContext.Current.CancellationToken));
        Assert.Equal(sequences, await Store.DrainAsync(endpoint));
    }

    [Fact]
    public async Task Deleted_endpoint_gets_nothing_more_and_the_others_everything()
    {
        var deleted = await Store.CreateAsync(SomeEndpoint.Http("deleted"));
        var other = await Store.CreateAsync(SomeEndpoint.Http("other"));
        var before = await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.Endpoints.DeleteAsync(deleted.Id);
        var after = await Store.AppendAsync(1);

        await Store.DispatchAllAsync();

        Assert.Equal([before], await Store.OwedAsync(deleted));
        Assert.Equal([before, after], await Store.OwedAsync(other));
        Assert.Empty(await Store.LeaseAsync(deleted));
    }

    [Fact]
    public async Task Reopening_between_rounds_dispatches_nothing_twice_and_skips_nothing()
    {
        var endpoints = new List<WebhookEndpoint>();
        for (var count = 0; count < 30; count++)
        {
            endpoints.Add(await Store.CreateAsync(SomeEndpoint.Http($"endpoint {count}")));
        }

        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 50).Select(_ => Some.Event())]);
        var isMore = true;
        while (isMore)
        {
            isMore = (await Store.Dispatching.DispatchAsync()).IsMoreToDo;
            await Store.ReopenAsync();
        }

        var expected = (await Store.AllAsync()).Select(it => it.Sequence).ToList();
        foreach (var endpoint in endpoints)
        {
            Assert.Equal(expected, await Store.OwedAsync(endpoint));
            Assert.Equal(expected[^1], (await Store.FindAsync(endpoint)).DispatchedThrough);
        }
    }

    [Fact]
    public async Task Position_is_committed_together_with_the_deliveries_below_it()
    {
        var endpoint = await Store.CreateAsync(start: StartPosition.Beginning);
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 1_200).Select(_ => Some.Event())]);
        var sequences = (await Store.AllAsync()).Select(it => it.Sequence).ToList();

        var outcome = await Store.At(Some.Instant).Dispatching.DispatchAsync();
        await Store.ReopenAsync();

        Assert.InRange(outcome.Deliveries, 1, 500);
        Assert.True(outcome.IsMoreToDo);
        var through = (await Store.FindAsync(endpoint)).DispatchedThrough;
        Assert.Equal(sequences.Where(it => it <= through), await Store.OwedAsync(endpoint));
    }

    private async Task<IReadOnlyList<long>> AppendHourlyAsync(int count)
    {
        var sequences = new List<long>();
        for (var hour = 0; hour < count; hour++)
        {
            sequences.Add(await Store.AppendAsync(hour, receivedAt: Some.Instant.AddHours(hour)));
        }

        return sequences;
    }
}
