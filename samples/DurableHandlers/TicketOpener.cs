using Scouthook.Events;
using Scouthook.Handling;

namespace DurableHandlers;

// begin-snippet: durable-handler
/// <summary>Opens a ticket for every new conversation, however long that takes.</summary>
public sealed class TicketOpener(ITicketSystem tickets) : IHelpScoutEventHandler<ConversationCreated>
{
    public async Task HandleAsync(ConversationCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (helpScoutEvent.Conversation.Subject is not { Length: > 0 } subject)
        {
            throw new GiveUpException("A ticket needs a subject.");
        }

        if (!await tickets.TryOpenAsync(context.Id!.Value, subject, cancellationToken))
        {
            throw new RetryLaterException(TimeSpan.FromSeconds(10), "The ticket system is busy.");
        }
    }
}
// end-snippet
