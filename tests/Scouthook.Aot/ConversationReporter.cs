using Scouthook.Events;
using Scouthook.Handling;

namespace Scouthook.Aot;

internal sealed class ConversationReporter : IHelpScoutEventHandler<ConversationSnapshotEvent>
{
    public Task HandleAsync(
        ConversationSnapshotEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        Console.Out.WriteLineAsync(
            $"conversation {helpScoutEvent.Conversation.Id} {helpScoutEvent.Conversation.Status?.ToString()}");
}
