using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public class EventRecipientsTests
{
    [Theory]
    [InlineData("*", "convo.tags", false, true)]
    [InlineData("*", "scouthook.disk.low", true, false)]
    [InlineData("scouthook.*", "scouthook.disk.low", true, true)]
    [InlineData("scouthook.*", "scouthook.disk.low", false, false)]
    [InlineData("convo.*", "convo.tags", false, true)]
    [InlineData("convo.*", "tag.created", false, false)]
    [InlineData("conversations", "convo.deleted", false, true)]
    public void Pattern_matches_the_name_and_the_sender(string pattern, string eventType, bool isOperational, bool matches)
    {
        var endpoint = SomeEndpoint.Stored(events: [pattern]);

        var found = new EventRecipients([endpoint]).ByName(Event(eventType, isOperational: isOperational));

        Assert.Equal(matches, found.Count == 1);
    }

    [Theory]
    [InlineData(new long[] { }, 7L, true)]
    [InlineData(new long[] { 7 }, 7L, true)]
    [InlineData(new long[] { 8 }, 7L, false)]
    [InlineData(new long[] { 8 }, null, true)]
    public void Only_events_that_name_another_inbox_are_left_out(long[] mailboxes, long? mailbox, bool gets)
    {
        var endpoint = SomeEndpoint.Stored();
        endpoint = endpoint with { Definition = endpoint.Definition with { MailboxIds = mailboxes } };

        Assert.Equal(gets, EventRecipients.Gets(endpoint, Event("convo.tags", mailbox)));
    }

    [Fact]
    public void Endpoint_can_opt_out_of_unreadable_events()
    {
        var endpoint = SomeEndpoint.Stored();
        endpoint = endpoint with { Definition = endpoint.Definition with { States = EventStates.All & ~EventStates.Unreadable } };

        Assert.False(EventRecipients.Gets(endpoint, Event("convo.tags") with { State = EventState.Unreadable }));
        Assert.True(EventRecipients.Gets(endpoint, Event("convo.tags")));
    }

    [Fact]
    public void Replay_goes_to_enabled_subscribers_or_to_the_named_endpoint_whatever_its_state()
    {
        var crm = SomeEndpoint.Stored(events: ["convo.*"]);
        var paused = SomeEndpoint.Stored(events: ["convo.*"]) with { State = EndpointState.Paused };
        var tags = SomeEndpoint.Stored(events: ["tag.*"]) with { State = EndpointState.Disabled };
        var recipients = new EventRecipients([crm, paused, tags]);

        Assert.Equal([crm], recipients.OfReplay(new ReplayRequest { Source = "default" }, Event("convo.tags")));
        Assert.Equal([tags], recipients.OfReplay(new ReplayRequest { EndpointId = tags.Id }, Event("convo.tags")));
        Assert.Empty(recipients.OfReplay(new ReplayRequest { EndpointId = Some.Id() }, Event("convo.tags")));
    }

    [Fact]
    public void Replay_includes_operational_events_only_on_request()
    {
        var operational = Event("scouthook.disk.low", isOperational: true);

        Assert.False(EventRecipients.Includes(new ReplayRequest { Source = "scouthook" }, operational));
        Assert.False(EventRecipients.Includes(new ReplayRequest { EventTypes = ["*"] }, operational));
        Assert.True(EventRecipients.Includes(new ReplayRequest { EventTypes = ["scouthook.*"] }, operational));
        Assert.True(EventRecipients.Includes(new ReplayRequest { EventId = Some.Id() }, operational));
        Assert.True(EventRecipients.Includes(new ReplayRequest { Source = "default" }, Event("convo.tags")));
    }

    [Theory]
    [InlineData(EndpointOrdering.Resource, 42L)]
    [InlineData(EndpointOrdering.Strict, 42L)]
    [InlineData(EndpointOrdering.None, null)]
    internal void Ordering_key_depends_on_the_endpoint(EndpointOrdering ordering, long? expected) => Assert.Equal(
        expected, (Event("convo.tags") with { OrderingKey = 42 }).OrderingKeyFor(SomeEndpoint.Stored(ordering)));

    private static RoutedEvent Event(string eventType, long? mailboxId = null, bool isOperational = false) =>
        new(1, isOperational ? OperationalEvent.Source : "default", eventType, EventState.Ok, mailboxId, OrderingKey: null);
}
