using Scouthook.Events;
using ScouthookApp1;

var builder = WebApplication.CreateBuilder(args);

// Help Scout gets its response when the handlers have run. If one fails, Help Scout sends the event again, to all of them.
builder.Services.AddScouthook()
    .AddHandler<ConversationCreated, NewConversationAlert>()
    .AddHandler<HelpScoutEvent>((helpScoutEvent, _) => Console.Out.WriteLineAsync($"Received {helpScoutEvent.Name}"));

var app = builder.Build();
app.MapScouthook();
app.Run();
