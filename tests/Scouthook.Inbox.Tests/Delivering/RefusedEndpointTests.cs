using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Delivering.Http;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>Stored endpoints the current settings do not allow.</summary>
public sealed class RefusedEndpointTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <remarks>This was once logged only at Information, for every attempt and without the reason.</remarks>
    [Fact]
    public async Task Blocked_endpoint_is_logged_once_at_startup_with_the_settings_and_again_only_after_it_worked()
    {
        await using (var before = await InboxApp.StartAsync(_folder))
        {
            await before.Endpoints.CreateAsync(
                new EndpointDefinition
                {
                    Name = "crm",
                    Kind = EndpointKind.Http,
                    Url = new Uri("http://127.0.0.1:9/hook"),
                },
                before.Get<SecretProtector>().Protect(new EndpointSecrets(EndpointSecret.Generate())),
                StartPosition.Now);
        }

        var log = new LogCapture<BlockedEndpoints>();
        await using var app = await InboxApp.StartAsync(
            _folder, it => it.Services.AddSingleton<ILogger<BlockedEndpoints>>(log));
        await Eventually.TrueAsync(() => Task.FromResult(log.Entries.Count > 0), "the endpoint is logged");
        await app.ReceiveAsync(SampleEvents.Get("convo.created"));
        var delivery = await app.UntilAsync("crm", DeliveryState.Pending);

        var (id, text) = Assert.Single(log.Entries);
        Assert.Equal(3013, id);
        Assert.StartsWith("Deliveries to endpoint crm are not allowed. Deliveries do not go to 127.0.0.1", text, StringComparison.Ordinal);
        Assert.Contains("Scouthook:Delivery:AllowPrivateNetworks", text, StringComparison.Ordinal);
        Assert.Equal(1, delivery.Attempts);

        var endpoint = await app.EndpointAsync("crm");
        var refused = new AttemptResult { Outcome = AttemptOutcome.AddressRefused, Error = "again" };
        app.Get<BlockedEndpoints>().Note(endpoint, refused);
        Assert.Single(log.Entries);
        app.Get<BlockedEndpoints>().Note(endpoint, new AttemptResult { Outcome = AttemptOutcome.Delivered });
        app.Get<BlockedEndpoints>().Note(endpoint, refused);
        Assert.Equal(2, log.Entries.Count);
    }
}
