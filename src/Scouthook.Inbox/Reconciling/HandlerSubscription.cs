using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Reconciling;

/// <summary>The events that a typed handler subscribes to.</summary>
internal static class HandlerSubscription
{
    public static EndpointDefinition Define(EventHandlerRegistration handler)
    {
        var (events, states) = Wanted(handler.EventClrType);
        return new EndpointDefinition
        {
            Name = handler.Name!,
            Kind = EndpointKind.Handler,
            Events = events,
            States = states,
        };
    }

    private static (IReadOnlyList<string> Events, EventStates States) Wanted(Type eventClrType)
    {
        if (eventClrType == typeof(HelpScoutEvent))
        {
            return ([EventPattern.Everything], EventStates.All);
        }

        if (eventClrType == typeof(UnknownEvent))
        {
            return ([EventPattern.Everything], EventStates.Unknown);
        }

        if (eventClrType == typeof(UnreadableEvent))
        {
            return ([EventPattern.Everything], EventStates.Unreadable);
        }

        if (eventClrType == typeof(NotificationEvent))
        {
            return ([EventPattern.Everything], EventStates.Notification);
        }

        return (
            [
                .. HelpScoutEventCatalog.All
                    .Where(type => eventClrType.IsAssignableFrom(type.EventClrType))
                    .Select(type => type.Name),
            ],
            EventStates.Ok);
    }
}
