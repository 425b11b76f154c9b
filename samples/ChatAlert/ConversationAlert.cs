using Scouthook.Events;
using Scouthook.Handling;

namespace ChatAlert;

// begin-snippet: chat-handler
/// <summary>Announces every new conversation.</summary>
public sealed class ConversationAlert(TeamChat chat) : IHelpScoutEventHandler<ConversationCreated>
{
    public Task HandleAsync(ConversationCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        chat.SayAsync(
            $"New conversation {helpScoutEvent.Conversation.Number}: {helpScoutEvent.Conversation.Subject}", cancellationToken);
}
// end-snippet
