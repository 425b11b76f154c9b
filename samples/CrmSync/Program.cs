using CrmSync;
using Scouthook.Events;

var builder = WebApplication.CreateBuilder(args);
var crm = builder.Services.AddHttpClient<CrmClient>(client => client.BaseAddress = new Uri(builder.Configuration["Crm:Url"] ?? "https://crm.example"));
if (builder.Configuration["Crm:Url"] is null)
{
    // No CRM at hand: one in memory, which is busy the first time it is asked to save a contact.
    crm.ConfigurePrimaryHttpMessageHandler(() => new BusyCrm());
}

// begin-snippet: crm-sync
builder.Services.AddScouthook()
    .AddHandler<CustomerEvent, ContactSync>("sync-contacts")
    .AddInbox();
// end-snippet

var app = builder.Build();
app.MapScouthook();
app.Run();
