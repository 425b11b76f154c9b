using System.Net;
using Scouthook.Events;
using Scouthook.Testing;

namespace TypedHandlers.Tests;

/// <summary>The whole app in memory: requests as Help Scout sends them go in, and what comes out is looked at.</summary>
public sealed class ReceivingTests(App app) : IClassFixture<App>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // begin-snippet: tests
    [Fact]
    public async Task New_conversation_is_announced_to_the_team()
    {
        var created = new ConversationCreated { Conversation = new() { Id = 4711 } };

        var answer = await app.CreateClient().SendHelpScoutEventAsync("/webhook", created, App.Secret, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("New conversation 4711", app.Chat.Messages);
    }
    // end-snippet

    [Fact]
    public async Task Request_signed_with_another_secret_is_refused()
    {
        var created = new ConversationCreated { Conversation = new() { Id = 666 } };

        var answer = await app.CreateClient().SendHelpScoutEventAsync("/webhook", created, "not-ours", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("New conversation 666", app.Chat.Messages);
    }

    [Fact]
    public async Task Every_event_of_Help_Scout_is_accepted()
    {
        foreach (var sample in SampleEvents.All)
        {
            var answer = await app.CreateClient().SendHelpScoutEventAsync("/webhook", sample, App.Secret, Cancellation);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
