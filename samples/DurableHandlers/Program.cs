using DurableHandlers;
using Scouthook.Events;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<ITicketSystem, BusyTicketSystem>();
// begin-snippet: durable-handlers
builder.Services.AddScouthook()
    .AddHandler<ConversationCreated, TicketOpener>("open-tickets")
    .AddHandler<HelpScoutEvent>("log", (helpScoutEvent, context, _) =>
        Console.Out.WriteLineAsync($"{context.Sequence}: {helpScoutEvent}, attempt {context.Attempt}"))
    .AddInbox();
// end-snippet

var app = builder.Build();
app.MapScouthook();
app.Run();
