using Scouthook.Events;
using Scouthook.Handling;

namespace ScouthookApp1;

/// <summary>Handles every new conversation.</summary>
public sealed class NewConversationAlert(ILogger<NewConversationAlert> logger) : IHelpScoutEventHandler<ConversationCreated>
{
    public Task HandleAsync(ConversationCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken)
    {
        var conversation = helpScoutEvent.Conversation;
        logger.LogInformation("New conversation {Number}: {Subject}", conversation.Number, conversation.Subject);
        return Task.CompletedTask;
    }
}
