using Scouthook.Events;
using WithDashboard;

var builder = WebApplication.CreateBuilder(args);
// begin-snippet: with-dashboard
builder.Services.AddScouthook()
    .AddHandler<ConversationCreated, InvoiceHandler>("invoices")
    .AddInbox();
builder.Services.AddScouthookManagement();

var app = builder.Build();
app.MapScouthook();
app.MapScouthookManagement("/scouthook");
app.Run();
// end-snippet
