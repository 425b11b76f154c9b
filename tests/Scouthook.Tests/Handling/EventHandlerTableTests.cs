using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Handling;

public class EventHandlerTableTests
{
    public static TheoryData<string> Names => Samples.Rows;

    [Theory]
    [MemberData(nameof(Names))]
    public void Event_goes_to_handlers_of_its_record_its_family_and_all_events(string name)
    {
        var eventClrType = Samples.Type(name).EventClrType;
        var table = Table(
            [.. HelpScoutEventCatalog.All.Select(type => type.EventClrType), .. Families, typeof(HelpScoutEvent)]);

        var handlers = table.HandlersOf(eventClrType).Select(type => type.EventClrType);

        var family = eventClrType.BaseType!;
        family = family.BaseType == typeof(HelpScoutEvent) ? family : family.BaseType!;
        Assert.Equal([eventClrType, family, typeof(HelpScoutEvent)], handlers);
    }

    [Theory]
    [InlineData(typeof(UnknownEvent))]
    [InlineData(typeof(UnreadableEvent))]
    [InlineData(typeof(NotificationEvent))]
    public void Event_without_a_payload_goes_to_handlers_of_its_record_and_all_events(Type eventClrType)
    {
        var table = Table(
        [
            .. HelpScoutEventCatalog.All.Select(type => type.EventClrType), .. Families, eventClrType, typeof(HelpScoutEvent),
        ]);

        var handlers = table.HandlersOf(eventClrType).Select(type => type.EventClrType);

        Assert.Equal([eventClrType, typeof(HelpScoutEvent)], handlers);
    }

    [Fact]
    public void Handlers_keep_their_registration_order()
    {
        var table = Table([typeof(HelpScoutEvent), typeof(TagDeleted), typeof(TagEvent), typeof(TagDeleted)]);

        Assert.Equal(
            [typeof(HelpScoutEvent), typeof(TagDeleted), typeof(TagEvent), typeof(TagDeleted)],
            table.HandlersOf(typeof(TagDeleted)).Select(type => type.EventClrType));
        Assert.Equal(4, table.All.Length);
    }

    [Fact]
    public void Without_registrations_no_event_has_handlers()
    {
        var table = Table([]);

        Assert.All(HelpScoutEventCatalog.All, type => Assert.Empty(table.HandlersOf(type.EventClrType)));
    }

    private static readonly Type[] Families =
    [
        typeof(ConversationEvent), typeof(CustomerEvent), typeof(RatingEvent), typeof(BeaconChatEvent), typeof(TagEvent),
        typeof(OrganizationEvent), typeof(UserStatusEvent), typeof(SurveyEvent),
    ];

    private static EventHandlerTable Table(IEnumerable<Type> eventClrTypes) => new(
        eventClrTypes.Select(eventClrType => new EventHandlerRegistration(eventClrType.Name, eventClrType, (_, _, _) => Task.CompletedTask)));
}
