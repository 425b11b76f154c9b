using Scouthook.Events;
using TypedHandlers;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<ITeamChat, ConsoleTeamChat>();
// begin-snippet: typed-handlers
builder.Services.AddScouthook()
    .AddHandler<ConversationCreated, NewConversationAlert>() // one event
    .AddHandler<CustomerEvent, CustomerAlert>()              // a family of events, deletions included
    .AddHandler<HelpScoutEvent, EventLog>();                 // all of them
// end-snippet

var app = builder.Build();
app.MapScouthook();
app.Run();
