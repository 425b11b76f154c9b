using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Payloads;
using Scouthook.Testing;

namespace Scouthook.EndToEnd.Tests.Documentation;

/// <summary>C# that the pages in <c>docs</c> quote and no sample contains. It is only compiled.</summary>
internal static class DocumentationSnippets
{
    public static void Configure(WebApplicationBuilder builder, WebApplication app)
    {
        // begin-snippet: settings-in-code
        builder.Services.AddScouthook(options => options.Receiver.MaxBodyBytes = 5_000_000)
            .AddInbox(inbox => inbox
                .UseSqlite("/var/lib/my-app/scouthook.db")
                .Configure(options =>
                {
                    options.DataDirectory = "/var/lib/my-app";
                    options.Retention = TimeSpan.FromDays(60);
                    options.Endpoints["crm"] = new() { Url = "https://crm.example.com/helpscout", Events = { "convo.*" } };
                }));

        app.MapScouthook("/hooks/helpscout"); // the path of the source named default
        // end-snippet
    }

    public static void Manage(WebApplicationBuilder builder, WebApplication app)
    {
        // begin-snippet: management
        builder.Services.AddScouthookManagement();
        app.MapScouthookManagement("/scouthook");
        // end-snippet
    }

    public static async Task EmulateAsync()
    {
        // begin-snippet: emulator
        await using var helpScout = await HelpScoutEmulator.StartAsync();
        helpScout.AddWebhook("http://127.0.0.1:5000/webhook", "my-secret");

        helpScout.Account.ReceiveEmail("ana@example.com", "Invoice", "Could you send it again?");
        await helpScout.WaitUntilSentAsync();
        // end-snippet
    }

    public static HelpScoutAccount Act()
    {
        // begin-snippet: account
        var account = new HelpScoutAccount();
        account.Emitted += happened => Console.WriteLine(happened);

        var conversation = account.ReceiveEmail("ana@example.com", "Invoice", "<p>Could you send it again?</p>");
        account.ReplyAsUser(conversation.Id, userId: 771204, "<p>Here it is.</p>", ConversationStatus.Closed);
        account.Rate(conversation.Id, RatingValue.Great);
        // end-snippet
        return account;
    }

    public static HelpScoutAccount CreateRepeatable(DateTimeOffset start)
    {
        // begin-snippet: repeatable-account
        var account = new HelpScoutAccount(seed: 7, new FakeTimeProvider(start));
        // end-snippet
        return account;
    }

    public static async Task PlayAsync(HelpScoutAccount account, CancellationToken stopping)
    {
        // begin-snippet: busy-day
        var day = new BusyDay(account, seed: 7);
        await day.RunAsync(eventsPerSecond: 20, stopping);
        // end-snippet
    }

    public static async Task EndAsync(HelpScoutEmulator helpScout)
    {
        // begin-snippet: end-of-a-day
        await helpScout.EndBusyDayAsync();
        await helpScout.WaitUntilSentAsync();
        // end-snippet
    }
}
