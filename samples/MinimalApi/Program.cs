// begin-snippet: minimal-api
using Scouthook.Events;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddScouthook().AddHandler<ConversationCreated>((created, _) =>
    Console.Out.WriteLineAsync($"New conversation {created.Conversation.Number}: {created.Conversation.Subject}"));

var app = builder.Build();
app.MapScouthook();
app.Run();
// end-snippet
