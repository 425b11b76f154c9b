using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DurableHandlers.Tests;

/// <summary>The app with a store of its own and a ticket system that the tests can inspect.</summary>
public sealed class DurableApp : WebApplicationFactory<TicketOpener>
{
    public const string Secret = "a-secret-for-tests";

    public FakeTicketSystem Tickets { get; } = new();

    // begin-snippet: test-inbox
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Scouthook:Sources:default:Secrets:0", Secret);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services.AddSingleton<ITicketSystem>(Tickets).AddTestInbox());
    }
    // end-snippet
}
