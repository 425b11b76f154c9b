using Scouthook.Events;

namespace Scouthook.Handling;

/// <summary>Handles events of one type.</summary>
/// <typeparam name="TEvent">
/// One of the 26 records; a family, such as <see cref="ConversationEvent"/>, for all its events; or
/// <see cref="HelpScoutEvent"/> for every event, including unknown and unreadable ones.
/// </typeparam>
/// <remarks>
/// Help Scout delivers at least once: the same event may be delivered again, so make handlers idempotent. Each event
/// has a scope of its own, and by default the handler is created in it. The handlers of an event run one after the
/// other, in registration order, and a failing one does not keep the event from the others; if any failed, Help Scout
/// is asked to send it again, and then all run again.
/// </remarks>
public interface IHelpScoutEventHandler<in TEvent>
    where TEvent : HelpScoutEvent
{
    /// <summary>Handles one event. Throw an exception if it was not handled: Help Scout then sends it again.</summary>
    /// <param name="helpScoutEvent">The event, verified and typed.</param>
    /// <param name="context">The circumstances in which the event was received.</param>
    /// <param name="cancellationToken">
    /// Set when the sender no longer waits for the response or the app shuts down.
    /// </param>
    /// <returns>A task that ends when the event has been handled.</returns>
    Task HandleAsync(TEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken);
}
