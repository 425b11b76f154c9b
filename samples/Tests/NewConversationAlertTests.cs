using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;
using Scouthook.Handling;

namespace TypedHandlers.Tests;

/// <summary>A handler is a plain class: make it, give it an event, look at what it did.</summary>
public sealed class NewConversationAlertTests
{
    [Fact]
    public async Task Team_is_told_the_id_of_the_conversation()
    {
        var chat = new RecordingTeamChat();
        var handler = new NewConversationAlert(chat);

        await handler.HandleAsync(
            new ConversationCreated { Conversation = new() { Id = 5 } }, Context, TestContext.Current.CancellationToken);

        Assert.Equal(["New conversation 5"], chat.Messages);
    }

    private static EventContext Context => new()
    {
        Source = "default",
        ReceivedAt = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero),
        Services = new ServiceCollection().BuildServiceProvider(),
    };
}
