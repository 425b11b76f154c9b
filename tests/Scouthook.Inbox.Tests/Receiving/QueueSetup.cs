using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Handling;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Receiving;
using Scouthook.Parsing;
using Scouthook.Settings;

namespace Scouthook.Inbox.Tests.Receiving;

/// <summary>The receiving side, with an inbox whose commits the test controls.</summary>
internal sealed class QueueSetup : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SettingsMonitor _settings;

    public QueueSetup()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Scouthook:Receiver:CommitTimeout", "5s"),
        ]).Build();
        _settings = SomeSettings.Of(configuration);
        var settings = new LiveInboxSettings(_settings);
        Queue = new AppendQueue(
            Inbox, settings, ActivatorUtilities.CreateInstance<InboxMetrics>(_services), Clock, Log);
        Receiver = new InboxReceiver(Queue, new StoreClock(Clock));
    }

    public FakeInbox Inbox { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Some.Instant);

    public LogCapture<AppendQueue> Log { get; } = new();

    public AppendQueue Queue { get; }

    public InboxReceiver Receiver { get; }

    public Task StartAsync() => Queue.StartAsync(CancellationToken.None);

    public Task<ReceiveOutcome> ReceiveAsync(string name, CountedOwner? owner = null, int size = 10) =>
        ReceiveUntilAsync(name, owner, size, CancellationToken.None);

    /// <summary>Receives for a sender that may disconnect.</summary>
    public Task<ReceiveOutcome> ReceiveUntilAsync(
        string name, CountedOwner? owner, int size, CancellationToken gone) =>
        Receiver.ReceiveAsync(Webhook(name, owner, size), gone).AsTask();

    public async ValueTask DisposeAsync()
    {
        Queue.Dispose();
        _settings.Dispose();
        await _services.DisposeAsync();
    }

    private static ReceivedWebhook Webhook(string name, CountedOwner? owner, int size) =>
        Some.Webhook(Some.Outgoing(name, new string('1', size)), owner: owner);
}
