using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;
using Scouthook.Testing;

namespace TypedHandlers.Tests;

/// <summary>The app and a local Help Scout: customers write, Help Scout sends events, the app answers.</summary>
public sealed class StoryTests : IAsyncDisposable
{
    private readonly App _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // begin-snippet: story-tests
    [Fact]
    public async Task Customer_who_writes_gets_an_answer()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        await using var app = _app.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services
            .AddSingleton(helpScout.Account)
            .AddScouthook().AddHandler<ConversationCreated, Acknowledger>()));
        Start(app, helpScout);

        var conversation = helpScout.Account.ReceiveEmail("ana@example.com", "Printer on fire", "<p>Please hurry!</p>");
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Contains($"New conversation {conversation.Id}", _app.Chat.Messages);
        var threads = helpScout.Account.FindThreads(conversation.Id)!;
        Assert.Equal([Acknowledger.Text, "<p>Please hurry!</p>"], threads.Select(thread => thread.Body));

        helpScout.Account.ReplyAsCustomer(conversation.Id, "<p>It is out. Thank you!</p>");
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal(3, helpScout.Account.FindConversation(conversation.Id).Conversation!.ThreadCount);
    }
    // end-snippet

    [Fact]
    public async Task Every_event_of_a_busy_day_is_accepted()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        Start(_app, helpScout);
        var day = new BusyDay(helpScout.Account);

        day.PlayOneOfEach();
        for (var step = 0; step < 100; step++)
        {
            day.PlayNext();
        }

        await helpScout.WaitUntilSentAsync(Cancellation);
        var webhook = Assert.Single(helpScout.Webhooks);
        Assert.All(webhook.DeliveryLog, attempt => Assert.Equal(HttpStatusCode.OK, attempt.StatusCode));
        Assert.Equal(
            HelpScoutEventCatalog.All.Select(type => type.Name).Order(StringComparer.Ordinal),
            webhook.DeliveryLog.Select(attempt => attempt.EventName).Distinct().Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // begin-snippet: story-app
    /// <summary>Starts the app on a free port, and registers it in Help Scout.</summary>
    private static void Start(WebApplicationFactory<NewConversationAlert> app, HelpScoutEmulator helpScout)
    {
        app.UseKestrel(0);
        app.StartServer();
        helpScout.AddWebhook(new Uri(app.ClientOptions.BaseAddress, "webhook").AbsoluteUri, App.Secret);
    }
    // end-snippet
}
