using System.Collections.Frozen;
using System.Collections.Immutable;
using Scouthook.Events;

namespace Scouthook.Handling;

/// <summary>Maps each event type to its handlers, computed once.</summary>
internal sealed class EventHandlerTable
{
    private readonly FrozenDictionary<Type, ImmutableArray<EventHandlerRegistration>> _byClrType;

    public EventHandlerTable(IEnumerable<EventHandlerRegistration> registrations)
    {
        All = [.. registrations];
        _byClrType = HelpScoutEventCatalog.All.Select(type => type.EventClrType)
            .Append(typeof(UnknownEvent))
            .Append(typeof(UnreadableEvent))
            .Append(typeof(NotificationEvent))
            .ToFrozenDictionary(
                eventClrType => eventClrType,
                eventClrType => All.Where(handler => handler.EventClrType.IsAssignableFrom(eventClrType)).ToImmutableArray());
    }

    /// <summary>All handlers, in registration order.</summary>
    public ImmutableArray<EventHandlerRegistration> All { get; }

    public ImmutableArray<EventHandlerRegistration> HandlersOf(Type eventClrType) => _byClrType[eventClrType];
}
