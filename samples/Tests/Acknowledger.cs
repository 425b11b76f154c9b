using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Testing;

namespace TypedHandlers.Tests;

/// <summary>Answers every new conversation at once, as an app would do through the Inbox API.</summary>
public sealed class Acknowledger(HelpScoutAccount account) : IHelpScoutEventHandler<ConversationCreated>
{
    public const string Text = "<p>We are on our way.</p>";

    public Task HandleAsync(ConversationCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken)
    {
        var user = account.Users.First(user => user.Role == "owner");
        account.ReplyAsUser(helpScoutEvent.Conversation.Id, user.Id, Text);
        return Task.CompletedTask;
    }
}
