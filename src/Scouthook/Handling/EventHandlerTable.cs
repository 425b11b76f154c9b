using System.Collections.Frozen;
using System.Collections.Immutable;
using Scouthook.Events;

namespace Scouthook.Handling;

/// <summary>Maps each event type to its handlers, computed once.</summary>
internal sealed class EventHandlerTable
{
    private readonly FrozenDictionary<Type, ImmutableArray<EventHandlerRegistration>> _byClass;

    public EventHandlerTable(IEnumerable<EventHandlerRegistration> registrations)
    {
        All = [.. registrations];
        _byClass = HelpScoutEventCatalog.All.Select(type => type.EventClrType)
            .Append(typeof(UnknownEvent))
            .Append(typeof(UnreadableEvent))
            .Append(typeof(NotificationEvent))
            .ToFrozenDictionary(
                eventClass => eventClass,
                eventClass => All.Where(handler => handler.EventClrType.IsAssignableFrom(eventClass)).ToImmutableArray());
    }

    /// <summary>All handlers, in registration order.</summary>
    public ImmutableArray<EventHandlerRegistration> All { get; }

    public ImmutableArray<EventHandlerRegistration> HandlersOf(Type eventClass) => _byClass[eventClass];
}
