using Scouthook.Events;
using Scouthook.Handling;

namespace ScouthookDurable1;

/// <summary>Handles every new conversation, however often that takes.</summary>
/// <remarks>
/// After an exception, the event comes again by the retry schedule. Throw <see cref="RetryLaterException"/> to choose the delay, and
/// <see cref="GiveUpException"/> if no retry can help: the event then becomes a dead letter, which the dashboard can replay.
/// </remarks>
public sealed class TicketOpener(ILogger<TicketOpener> logger) : IHelpScoutEventHandler<ConversationCreated>
{
    public Task HandleAsync(ConversationCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (helpScoutEvent.Conversation.Subject is not { Length: > 0 } subject)
        {
            throw new GiveUpException("A ticket needs a subject.");
        }

        // At least once is not exactly once: pass the id on, so that the ticket system can recognise an event it already has.
        logger.LogInformation("Ticket {Id}: {Subject}", context.Id, subject);
        return Task.CompletedTask;
    }
}
