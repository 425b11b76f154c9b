using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public class DispatchRoundTests
{
    [Theory]
    [InlineData(0, new long[] { 9, 9, 3, 1 }, new long[] { 9, 10, 1, 3 })]
    [InlineData(1, new long[] { 9, 9, 3, 1 }, new long[] { 1, 3, 9, 10 })]
    [InlineData(2, new long[] { 9, 9, 3, 1 }, new long[] { 9, 10, 3, 9 })]
    [InlineData(3, new long[] { 9, 9, 3, 1 }, new long[] { 3, 9, 9, 10 })]
    [InlineData(4, new long[] { 9, 9, 3, 1 }, new long[] { 9, 10, 1, 3 })]
    [InlineData(0, new long[] { 4 }, new long[] { 4, 10 })]
    [InlineData(0, new long[] { 10, 10 }, new long[] { })]
    [InlineData(0, new long[] { }, new long[] { })]
    public void Foremost_group_and_one_behind_are_served_in_turn(int turn, long[] positions, long[] expected) => Assert.Equal(
        expected, DispatchRound.Ranges(positions, newest: 10, turn).SelectMany(range => new[] { range.Position, range.Through }));

    [Fact]
    public void Every_group_is_served_within_as_many_rounds_as_there_are()
    {
        long[] positions = [1, 2, 3, 4, 5];

        var served = Enumerable.Range(0, 8).SelectMany(turn => DispatchRound.Ranges(positions, 9, turn)).Select(range => range.Position);

        Assert.Equal(positions, served.Distinct().Order());
    }

    [Fact]
    public void Event_is_delivered_to_its_subscribers_at_that_position_and_all_advance()
    {
        var tags = Endpoint("convo.tags");
        var all = Endpoint("*");
        var ahead = Endpoint("*");
        var world = new World([tags, all, ahead]) { [ahead] = 5 };

        world.Run(new DispatchRange(0, 2), Event(1, "convo.created"), Event(2, "convo.tags"));

        Assert.Equal([(all.Id, 1), (tags.Id, 2), (all.Id, 2)], world.Deliveries);
        Assert.Equal([2, 2, 5], [world[tags], world[all], world[ahead]]);
    }

    [Fact]
    public void Gap_left_by_retention_is_crossed()
    {
        var all = Endpoint("*");
        var world = new World([all]);

        world.Run(new DispatchRange(0, 100), Event(7, "convo.tags"));

        Assert.Equal(100, world[all]);
    }

    [Fact]
    public void Full_chunk_advances_only_to_its_last_event()
    {
        var none = Endpoint("tag.created");
        var world = new World([none]);

        world.Run(new DispatchRange(0, 1_000), [.. Enumerable.Range(1, DispatchRound.MaxEvents).Select(number => Event(number, "convo.tags"))]);

        Assert.Equal(DispatchRound.MaxEvents, world[none]);
    }

    [Fact]
    public void Round_that_is_full_within_an_event_continues_with_the_other_subscribers()
    {
        var endpoints = Enumerable.Range(0, DispatchRound.MaxDeliveries + 2).Select(_ => Endpoint("*")).ToList();
        var world = new World(endpoints);
        var events = new[] { Event(1, "convo.tags"), Event(2, "convo.tags") };

        world.Run(new DispatchRange(0, 2), events);
        Assert.Equal(DispatchRound.MaxDeliveries, world.Deliveries.Count);
        Assert.Equal(DispatchRound.MaxDeliveries, endpoints.Count(endpoint => world[endpoint] == 1));
        Assert.Equal(2, endpoints.Count(endpoint => world[endpoint] == 0));

        world.Run(new DispatchRange(0, 1), events[..1]);
        Assert.All(endpoints, endpoint => Assert.Equal(1, world[endpoint]));
        Assert.Equal(endpoints.Count, world.Deliveries.Distinct().Count());
    }

    [Fact]
    public void Round_yields_to_receiving_once_something_was_done()
    {
        var all = Endpoint("*");
        var world = new World([all]) { MustYield = true };

        world.Run(new DispatchRange(0, 3), Event(1, "convo.tags"), Event(2, "convo.tags"), Event(3, "convo.tags"));

        Assert.Equal([(all.Id, 1)], world.Deliveries);
        Assert.Equal(1, world[all]);
    }

    private static WebhookEndpoint Endpoint(string pattern) => SomeEndpoint.Stored(events: [pattern]);

    private static RoutedEvent Event(long sequence, string eventType) =>
        new(sequence, "default", eventType, EventState.Ok, MailboxId: null, OrderingKey: null);

    /// <summary>Carries out the steps as a store does.</summary>
    private sealed class World(IReadOnlyCollection<WebhookEndpoint> endpoints)
    {
        private readonly Dictionary<Guid, long> _positions = endpoints.ToDictionary(endpoint => endpoint.Id, _ => 0L);
        private readonly Dictionary<Guid, long> _stored = endpoints.ToDictionary(endpoint => endpoint.Id, _ => 0L);

        public List<(Guid Endpoint, long Sequence)> Deliveries { get; } = [];

        public bool MustYield { get; init; }

        public long this[WebhookEndpoint endpoint]
        {
            get => _stored[endpoint.Id];
            init => _stored[endpoint.Id] = _positions[endpoint.Id] = value;
        }

        public void Run(DispatchRange range, params IReadOnlyList<RoutedEvent> events)
        {
            var round = new DispatchRound(new EventRecipients(endpoints), _positions, () => MustYield);
            foreach (var step in round.Plan(range, events))
            {
                Take(step);
            }

            Assert.Equal(_stored, _positions);
        }

        private void Take(DispatchStep step)
        {
            switch (step)
            {
                case DispatchStep.Deliver(var endpoint, var routed):
                    Deliveries.Add((endpoint.Id, routed.Sequence));
                    break;
                case DispatchStep.AdvanceAll(var from, var to):
                    foreach (var id in _stored.Keys.Where(id => _stored[id] == from).ToList())
                    {
                        _stored[id] = to;
                    }

                    break;
                case DispatchStep.Advance(var id, var to):
                    _stored[id] = to;
                    break;
            }
        }
    }
}
