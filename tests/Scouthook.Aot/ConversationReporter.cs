using Scouthook.Events;
using Scouthook.Handling;

namespace Scouthook.Aot;

internal sealed class ConversationReporter : IHelpScoutEventHandler<ConversationEvent>
{
    public Task HandleAsync(
        ConversationEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        Console.Out.WriteLineAsync(
            $"conversation {helpScoutEvent.Conversation.Id} {helpScoutEvent.Conversation.Status?.ToString()}");
}
