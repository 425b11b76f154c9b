using ChatAlert;
using Scouthook.Events;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHttpClient<TeamChat>();
// begin-snippet: chat-alert
builder.Services.AddScouthook()
    .AddHandler<ConversationCreated, ConversationAlert>()
    .AddHandler<SatisfactionRatingReceived, RatingAlert>();
// end-snippet

var app = builder.Build();
app.MapScouthook();
app.Run();
