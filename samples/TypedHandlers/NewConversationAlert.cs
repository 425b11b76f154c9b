using Scouthook.Events;
using Scouthook.Handling;

namespace TypedHandlers;

// begin-snippet: class-handler
/// <summary>Tells the team about every new conversation.</summary>
public sealed class NewConversationAlert(ITeamChat chat) : IHelpScoutEventHandler<ConversationCreated>
{
    public Task HandleAsync(
        ConversationCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        chat.SayAsync($"New conversation {helpScoutEvent.Conversation.Id}", cancellationToken);
}
// end-snippet
