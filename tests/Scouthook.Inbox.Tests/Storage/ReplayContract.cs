using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for replays.</summary>
public abstract class ReplayContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Single_event_is_replayed_to_every_matching_endpoint()
    {
        var crm = await Store.CreateAsync(SomeEndpoint.Http("crm"));
        var other = await Store.CreateAsync(SomeEndpoint.Http("other", events: ["tag.*"]));
        var paused = await Store.CreateAsync(SomeEndpoint.Http("paused"));
        var sequence = await Store.AppendAsync(1);
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await Store.DrainAsync(crm);
        await Store.Endpoints.SetStateAsync(paused.Id, EndpointState.Paused, null);

        var replay = await ReplayAsync(new ReplayRequest { EventId = (await Store.AllAsync())[0].Id });

        Assert.Equal((ReplayState.Done, 1L, Some.Instant), (replay.State, replay.Added, replay.EndedAt));
        var lease = Assert.Single(await Store.LeaseAsync(crm));
        Assert.Equal((sequence, replay.Id, 1), (lease.Event.Sequence, lease.Replay, lease.Attempt));
        Assert.Empty(await Store.DeliveriesAsync(other));
        Assert.Equal(2, (await Store.DeliveriesAsync(paused)).Count);
    }

    [Fact]
    public async Task Event_replayed_to_one_endpoint_goes_there_whatever_it_subscribes_to()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(events: ["tag.*"]));
        await Store.CreateAsync(SomeEndpoint.Http("other"));
        await Store.AppendAsync(1);

        var replay = await ReplayAsync(
            new ReplayRequest { EventId = (await Store.AllAsync())[0].Id, EndpointId = endpoint.Id });

        Assert.Equal(1, replay.Added);
        Assert.Single(await Store.DeliveriesAsync(endpoint));
    }

    [Fact]
    public async Task Replayed_event_follows_pending_deliveries_of_its_resource()
    {
        var endpoint = await Store.CreateAsync();
        long[] sequences = [await Store.AppendAsync(1), await Store.AppendAsync(1), await Store.AppendAsync(1)];
        await Store.DispatchAllAsync();
        await Store.SettleAsync((await Store.LeaseAsync(endpoint))[0], DeliveryState.Delivered);

        await ReplayAsync(new ReplayRequest { EventId = (await Store.AllAsync())[0].Id });

        Assert.Equal([sequences[1], sequences[2], sequences[0]], await Store.DrainAsync(endpoint));
    }

    [Fact]
    public async Task Filter_combines_types_source_and_time()
    {
        var endpoint = await Store.CreateAsync();
        var wanted = new List<long>();
        foreach (var (type, source, hour) in new[]
        {
            ("convo.tags", "second", 1), ("convo.tags", "second", 2), ("convo.created", "second", 3),
            ("convo.tags", "default", 2), ("tag.created", "second", 2), ("convo.tags", "second", 4),
        })
        {
            var outcome = await Store.AppendAsync(
                Some.Event(type, source: source, receivedAt: Some.Instant.AddHours(hour)));
            if (type != "tag.created" && source == "second" && hour is 2 or 3)
            {
                wanted.Add(outcome.Sequence);
            }
        }

        await Store.DispatchAllAsync();
        await Store.DrainAsync(endpoint);

        await ReplayAsync(new ReplayRequest
        {
            EventTypes = ["convo.*"],
            Source = "second",
            Since = Some.Instant.AddHours(2),
            Until = Some.Instant.AddHours(4),
        });

        Assert.Equal(2, wanted.Count);
        Assert.Equal(wanted, await Store.DrainAsync(endpoint));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*", false)]
    [InlineData("scouthook.*", true)]
    public async Task Operational_events_are_replayed_only_on_request(string? pattern, bool isReplayed)
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(events: ["*", "scouthook.*"]));
        await Store.AppendAsync(OperationalEvent.Create(OperationalEvent.DiskLow, "Little space is left.", [], Some.Instant));

        var replay = await ReplayAsync(
            new ReplayRequest { EndpointId = endpoint.Id, EventTypes = pattern is null ? [] : [pattern] });

        Assert.Equal(isReplayed ? 1 : 0, replay.Added);
    }

    [Fact]
    public async Task Dead_letters_of_one_endpoint_are_replaced_once_and_count_as_settled()
    {
        var crm = await Store.CreateAsync(SomeEndpoint.Http("crm"));
        var other = await Store.CreateAsync(SomeEndpoint.Http("other"));
        var dead = await Store.DeadLetterAsync(crm, later: 0);
        await Store.SettleAsync((await Store.LeaseAsync(other))[0], DeliveryState.DeadLettered);
        var request = new ReplayRequest { DeadLetters = true, EndpointId = crm.Id };

        Assert.Equal(1, (await ReplayAsync(request)).Added);

        var replaced = await Store.DeliveryAsync(dead.DeliveryId);
        var lease = Assert.Single(await Store.LeaseAsync(crm));
        Assert.Equal((DeliveryState.DeadLettered, lease.DeliveryId), (replaced.State, replaced.ReplacedBy));
        Assert.Equal(DeliveryChangeOutcome.Replaced, await Store.Replays.RetryAsync(dead.DeliveryId));
        Assert.Equal(DeliveryChangeOutcome.Replaced, await Store.Replays.DiscardAsync(dead.DeliveryId));
        Assert.Equal(0, (await ReplayAsync(request)).Added);
        Assert.Single(await Store.DeliveriesAsync(other));
    }

    [Fact]
    public async Task Two_dead_letters_of_one_event_are_replayed_once()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.None));
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        await ReplayAsync(new ReplayRequest { EventId = (await Store.AllAsync())[0].Id });
        foreach (var lease in await Store.LeaseAsync(endpoint))
        {
            await Store.SettleAsync(lease, DeliveryState.DeadLettered);
        }

        Assert.Equal(1, (await ReplayAsync(new ReplayRequest { DeadLetters = true, EndpointId = endpoint.Id })).Added);

        Assert.Single(await Store.LeaseAsync(endpoint));
        var deliveries = await Store.DeliveriesAsync(endpoint);
        Assert.Equal([deliveries[2].Id, deliveries[2].Id, null], deliveries.Select(it => it.ReplacedBy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replay_runs_in_chunks_and_resumes_after_a_reopening(bool ofDeadLetters)
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.None));
        var sequences = await DeadLetterManyAsync(endpoint, 1_300);
        var request = ofDeadLetters
            ? new ReplayRequest { DeadLetters = true, EndpointId = endpoint.Id }
            : new ReplayRequest { EventTypes = ["*"] };
        var replay = (await Store.Replays.CreateAsync(request)).Replay;
        await Store.AppendAsync(1);

        var added = new List<long>();
        while (await Store.Replays.StepAsync() is StepOutcome.MoreToDo)
        {
            await Store.ReopenAsync();
            added.Add((await Store.Replays.FindAsync(replay!.Id, Cancel))!.Added - added.Sum());
        }

        Assert.All(added, count => Assert.InRange(count, 0, 500));
        Assert.Equal(1_300, added.Sum());
        Assert.Equal(sequences, (await Store.LeaseAsync(endpoint, most: 2_000)).Select(it => it.Event.Sequence));
    }

    [Fact]
    public async Task Replay_of_a_time_range_begins_at_its_start_and_reports_progress()
    {
        await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.None));
        for (var number = 0; number < 800; number++)
        {
            await Store.AppendAsync(Some.Event(receivedAt: Some.Instant.AddHours(number < 400 ? 1 : 2)));
        }

        var replay = (await Store.At(Some.Instant).Replays.CreateAsync(new ReplayRequest { Since = Some.Instant.AddHours(2) })).Replay;
        var looks = new List<(double Progress, long Added)> { (replay!.Progress, replay.Added) };
        while (await Store.At(Some.Instant).Replays.StepAsync() is StepOutcome.MoreToDo)
        {
            replay = await Store.Replays.FindAsync(replay.Id, Cancel);
            looks.Add((replay!.Progress, replay.Added));
        }

        Assert.Equal((0.0, 0L), looks[0]);
        Assert.Equal((1.0, 400L), looks[^1]);
        Assert.True(looks.Count > 2);
        Assert.All(looks, look => Assert.Equal(look.Added / 400.0, look.Progress, 0.001));
    }

    [Fact]
    public async Task Stopped_replay_adds_nothing_more()
    {
        var endpoint = await Store.CreateAsync(SomeEndpoint.Http(ordering: EndpointOrdering.None));
        await DeadLetterManyAsync(endpoint, 600);
        var replay = (await Store.Replays.CreateAsync(new ReplayRequest { Source = "default" })).Replay;
        await Store.Replays.StepAsync();

        Assert.Equal(ReplayOutcome.Done, (await Store.Replays.StopAsync(replay!.Id)).Outcome);

        Assert.Equal(StepOutcome.Finished, await Store.Replays.StepAsync());
        Assert.Equal(ReplayOutcome.AlreadyEnded, (await Store.Replays.StopAsync(replay.Id)).Outcome);
        var stopped = Assert.Single((await Store.Replays.ListAsync(null, 100, Cancel)).Items);
        Assert.Equal((ReplayState.Stopped, Some.Instant), (stopped.State, stopped.EndedAt));
        Assert.InRange(stopped.Added, 1, 599);
    }

    [Fact]
    public async Task Replay_of_an_unknown_event_is_rejected()
    {
        Assert.Equal(
            ReplayOutcome.EventNotFound,
            (await Store.Replays.CreateAsync(new ReplayRequest { EventId = Some.Id() })).Outcome);
        Assert.Equal(
            ReplayOutcome.EndpointNotFound,
            (await Store.Replays.CreateAsync(new ReplayRequest { EndpointId = Some.Id() })).Outcome);
        Assert.Equal(ReplayOutcome.NotFound, (await Store.Replays.StopAsync(Some.Id())).Outcome);
    }

    private async Task<Replay> ReplayAsync(ReplayRequest request)
    {
        var replay = (await Store.Replays.CreateAsync(request)).Replay;
        Assert.NotNull(replay);
        for (var step = 0; await Store.Replays.StepAsync() is StepOutcome.MoreToDo; step++)
        {
            Assert.True(step < 1_000, "the replay does not come to an end");
        }

        return (await Store.Replays.FindAsync(replay.Id, Cancel))!;
    }

    private async Task<IReadOnlyList<long>> DeadLetterManyAsync(WebhookEndpoint endpoint, int count)
    {
        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, count).Select(_ => Some.Event())]);
        await Store.DispatchAllAsync();
        var leases = await Store.LeaseAsync(endpoint, most: count);
        await Task.WhenAll(leases.Select(lease => Store.SettleAsync(lease, DeliveryState.DeadLettered)));
        return [.. leases.Select(it => it.Event.Sequence)];
    }
}
