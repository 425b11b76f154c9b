using Scouthook.Events;
using Scouthook.Handling;

namespace TypedHandlers;

/// <summary>Logs everything that arrives, events that are unknown or cannot be read included.</summary>
/// <remarks>An event as text is its name, source, time and size; what customers wrote stays out of the log.</remarks>
internal sealed partial class EventLog(ILogger<EventLog> logger) : IHelpScoutEventHandler<HelpScoutEvent>
{
    public Task HandleAsync(
        HelpScoutEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken)
    {
        Arrived(logger, helpScoutEvent);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "{Event}")]
    private static partial void Arrived(ILogger logger, HelpScoutEvent @event);
}
