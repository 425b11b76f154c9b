using DurableHandlers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Scouthook.Testing.Tests.Support;

/// <summary>The sample app with an inbox, as a user of the package would test it.</summary>
internal sealed class DurableApp(
    ITicketSystem tickets,
    Action<IServiceCollection>? services = null,
    params (string Key, string Value)[] settings) : WebApplicationFactory<TicketOpener>
{
    public const string Secret = "a-secret-for-tests";

    public Task<HttpResponseMessage> SendAsync(string eventName) => SendAsync(SampleEvents.Get(eventName));

    public Task<HttpResponseMessage> SendAsync(OutgoingEvent outgoing) => CreateClient().SendHelpScoutEventAsync(
        "/webhook", outgoing, Secret, TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<HandledDelivery>> HandledAsync(TimeSpan? timeout = null) =>
        Services.WaitUntilHandledAsync(timeout, TestContext.Current.CancellationToken);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Scouthook:Sources:default:Secrets:0", Secret);
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(collection =>
        {
            collection.AddSingleton(tickets);
            (services ?? (all => all.AddTestInbox()))(collection);
        });
    }
}
