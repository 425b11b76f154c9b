using Scouthook.Events;
using Scouthook.Testing;

namespace DurableHandlers.Tests;

/// <summary>The app with its inbox: handlers run after Help Scout has its answer, so the tests wait for them.</summary>
public sealed class TicketOpenerTests : IAsyncDisposable
{
    private readonly DurableApp _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // begin-snippet: durable-tests
    [Fact]
    public async Task New_conversation_opens_a_ticket()
    {
        var created = new ConversationCreated { Conversation = new() { Id = 4711, Subject = "Printer on fire" } };

        await _app.CreateClient().SendHelpScoutEventAsync("/webhook", created, DurableApp.Secret, Cancellation);
        await _app.Services.WaitUntilHandledAsync(cancellationToken: Cancellation);

        Assert.Equal(["Printer on fire"], _app.Tickets.Opened);
    }
    // end-snippet

    [Fact]
    public async Task Busy_ticket_system_is_asked_again()
    {
        _app.Tickets.BeBusy(times: 2);

        await _app.CreateClient().SendHelpScoutEventAsync("/webhook", "convo.created", DurableApp.Secret, Cancellation);
        var deliveries = await _app.Services.WaitUntilHandledAsync(cancellationToken: Cancellation);

        var delivery = Assert.Single(deliveries, delivery => delivery.EndpointName == "open-tickets");
        Assert.True(delivery.IsDelivered, delivery.ToString());
        Assert.Equal(3, delivery.Attempts);
    }

    [Fact]
    public async Task Conversation_without_a_subject_becomes_a_dead_letter()
    {
        var created = new ConversationCreated { Conversation = new() { Id = 4711 } };

        await _app.CreateClient().SendHelpScoutEventAsync("/webhook", created, DurableApp.Secret, Cancellation);
        var deliveries = await _app.Services.WaitUntilHandledAsync(cancellationToken: Cancellation);

        var delivery = Assert.Single(deliveries, delivery => delivery.EndpointName == "open-tickets");
        Assert.Equal("A ticket needs a subject.", delivery.Error);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
