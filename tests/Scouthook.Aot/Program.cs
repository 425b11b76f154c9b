using Scouthook.Aot;
using Scouthook.Events;

// Prints a line per handled event, which Scouthook.EndToEnd.Tests compares with what it sent. Each handler reads a
// member of its payload: a type that was trimmed away would show here and not in the name alone.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddHealthChecks().AddScouthook();
builder.Services.AddScouthook()
    .AddHandler<HelpScoutEvent, TypeReporter>()
    .AddHandler<ConversationSnapshotEvent, ConversationReporter>()
    .AddHandler<CustomerUpdated>((updated, _) => Console.Out.WriteLineAsync($"customer {updated.Customer.Id}"))
    .AddHandler<ConversationDeleted>((deleted, _) => Console.Out.WriteLineAsync($"deleted {deleted.Deleted.Id}"))
    .AddHandler<CustomerDeleted>((deleted, _) => Console.Out.WriteLineAsync($"deleted {deleted.Deleted.Id}"))
    .AddHandler<TagDeleted>((deleted, _) => Console.Out.WriteLineAsync($"deleted {deleted.Deleted.Id}"))
    .AddHandler<OrganizationDeleted>((deleted, _) => Console.Out.WriteLineAsync($"deleted {deleted.Deleted.Id}"));

var app = builder.Build();
app.MapScouthook();
app.MapHealthChecks("/healthz");
app.Run();
