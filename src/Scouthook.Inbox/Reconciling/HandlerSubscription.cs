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

    private static (IReadOnlyList<string> Events, EventStates States) Wanted(Type eventClass)
    {
        if (eventClass == typeof(HelpScoutEvent))
        {
            return ([EventPattern.Everything], EventStates.All);
        }

        if (eventClass == typeof(UnknownEvent))
        {
            return ([EventPattern.Everything], EventStates.Unknown);
        }

        if (eventClass == typeof(UnreadableEvent))
        {
            return ([EventPattern.Everything], EventStates.Unreadable);
        }

        if (eventClass == typeof(NotificationEvent))
        {
            return ([EventPattern.Everything], EventStates.Notification);
        }

        return (
            [
                .. HelpScoutEventCatalog.All
                    .Where(type => eventClass.IsAssignableFrom(type.EventClrType))
                    .Select(type => type.Name),
            ],
            EventStates.Ok);
    }
}
