using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scouthook.Handling;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>An app that receives into an inbox, as composed by <c>AddInbox</c>.</summary>
internal sealed class InboxApp : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly IConfigurationRoot _configuration;

    private InboxApp(IHost host, IConfigurationRoot configuration, AlarmTime clock)
    {
        _host = host;
        _configuration = configuration;
        Clock = clock;
    }

    public AlarmTime Clock { get; }

    public IEndpointStore Endpoints => _host.Services.GetRequiredService<IEndpointStore>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static InboxApp Create(
        Folder folder, Action<IScouthookBuilder>? handlers = null, params (string Key, string Value)[] settings)
    {
        var clock = new AlarmTime();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Prepend(("Scouthook:Inbox:DataDirectory", folder["data"]))
                .Select(it => KeyValuePair.Create(it.Item1, (string?)it.Item2)));
        builder.Services.AddSingleton<TimeProvider>(clock);
        var scouthook = builder.Services.AddScouthookCore().AddInbox();
        handlers?.Invoke(scouthook);
        return new InboxApp(builder.Build(), builder.Configuration, clock);
    }

    public static async Task<InboxApp> StartAsync(
        Folder folder, Action<IScouthookBuilder>? handlers = null, params (string Key, string Value)[] settings)
    {
        var app = Create(folder, handlers, settings);
        await app.StartAsync();
        return app;
    }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken).InTime();

    public Task StopAsync() => _host.StopAsync(CancellationToken.None).InTime();

    public async Task ReceiveAsync(OutgoingEvent outgoing)
    {
        var outcome = await Get<IWebhookReceiver>().ReceiveAsync(
            Some.Webhook(outgoing, Clock.GetUtcNow()), TestContext.Current.CancellationToken).AsTask().InTime();
        Assert.Equal(ReceiveOutcome.Kept, outcome);
    }

    public void Configure(string key, string? value)
    {
        _configuration[key] = value;
        _configuration.Reload();
    }

    public async Task<WebhookEndpoint> EndpointAsync(string name) => Assert.Single(
        await Endpoints.ListAsync(TestContext.Current.CancellationToken), it => it.Name == name);

    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(string name)
    {
        var page = await Get<IDeliveryHistory>().ListAsync(
            new DeliveryQuery { EndpointId = (await EndpointAsync(name)).Id, Limit = 500 },
            TestContext.Current.CancellationToken);
        return [.. page.Items.Reverse()];
    }

    /// <summary>Waits until the only delivery of an endpoint is in a state.</summary>
    public async Task<Delivery> UntilAsync(string name, DeliveryState state, int attempts = 1)
    {
        Delivery? found = null;
        await Eventually.TrueAsync(
            async () =>
            {
                found = (await DeliveriesAsync(name)) is [.., var last] ? last : null;
                return found?.State == state && found.Attempts == attempts;
            },
            $"the last delivery of {name} is {state} after {attempts} attempts");
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _host.StopAsync(now.Token).InTime();
        }
        catch (OperationCanceledException)
        {
            // The host throws because it was asked not to wait.
        }

        _host.Dispose();
    }
}
