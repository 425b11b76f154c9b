using Scouthook.Events;

namespace Scouthook.Handling;

/// <summary>Does something when an event of one type arrives.</summary>
/// <typeparam name="TEvent">
/// One of the 26 records; a family, such as <see cref="ConversationEvent"/>, for all its events; or
/// <see cref="HelpScoutEvent"/> for every event, unknown and unreadable ones included.
/// </typeparam>
/// <remarks>
/// Help Scout delivers at least once: the same event may come again, so let a handler do the same thing twice without
/// harm. Each event has a scope of its own, and unless registered otherwise the handler is made anew in it. The handlers
/// of an event run one after the other, in the order of their registration, and one that fails does not keep the others
/// from the event; if any failed, Help Scout is asked to send it again, and then all run again.
/// </remarks>
public interface IHelpScoutEventHandler<in TEvent>
    where TEvent : HelpScoutEvent
{
    /// <summary>Handles one event. Throw to say that it was not handled: Help Scout then sends it again.</summary>
    /// <param name="helpScoutEvent">The event, verified and typed.</param>
    /// <param name="context">How the event came here.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited or the app shuts down.</param>
    /// <returns>A task that ends when the event has been handled.</returns>
    Task HandleAsync(TEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken);
}
