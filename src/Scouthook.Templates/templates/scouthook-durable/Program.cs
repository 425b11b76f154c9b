using Scouthook.Events;
using ScouthookDurable1;

var builder = WebApplication.CreateBuilder(args);

// Each event is on disk before Help Scout gets its response. Each handler then gets it at least once, whatever the others do.
// The names identify the handlers in the store and in the dashboard, so keep them when you rename a class.
builder.Services.AddScouthook()
    .AddHandler<ConversationCreated, TicketOpener>("open-tickets")
    .AddHandler<HelpScoutEvent>("log", (helpScoutEvent, context, _) =>
        Console.Out.WriteLineAsync($"{context.Sequence}: {helpScoutEvent.Name}, attempt {context.Attempt}"))
    .AddInbox();
builder.Services.AddScouthookManagement();

var app = builder.Build();
app.MapScouthook();
app.MapScouthookManagement("/scouthook"); // the dashboard and its API
app.Run();
