using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Tests.Storage;
using Scouthook.Inbox.Tests.Storage.Sqlite;
using Scouthook.Settings;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>
/// The real workers on a real SQLite file, with a clock controlled by the test and attempts without a network.
/// </summary>
internal sealed class WorkSetup : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SettingsMonitor _settings = SomeSettings.Of();
    private readonly DeliveryWorkers _workers;

    private WorkSetup(AlarmTime clock, SqliteHarness store)
    {
        Clock = clock;
        Store = store;
        Queue = new WatchedQueue(store.Queue, clock);
        Destination = new ScriptedDestination(clock);
        var executor = new AttemptExecutor(
            new LiveDeliverySettings(_settings), ActivatorUtilities.CreateInstance<DeliveryMetrics>(_services), clock,
            () => Dice, NullLogger<AttemptExecutor>.Instance);
        _workers = new DeliveryWorkers(
            store.Endpoints, Queue, store.Signal, new DestinationProviders([Destination]), executor, clock, NullLogger<DeliveryWorkers>.Instance, Log);
    }

    public AlarmTime Clock { get; }

    public SqliteHarness Store { get; }

    public WatchedQueue Queue { get; }

    public ScriptedDestination Destination { get; }

    public LogCapture<EndpointWorker> Log { get; } = new();

    public double Dice { get; set; } = 0.5;

    public static async Task<WorkSetup> CreateAsync()
    {
        var clock = new AlarmTime();
        return new WorkSetup(clock, await SqliteHarness.CreateAsync(TimeSpan.FromHours(48), clock));
    }

    /// <summary>Starts the workers, with one endpoint.</summary>
    public static async Task<(WorkSetup Work, WebhookEndpoint Endpoint)> StartAsync(EndpointDefinition? definition = null)
    {
        var work = await CreateAsync();
        var endpoint = await work.Store.CreateAsync(definition);
        await work.StartAsync();
        return (work, endpoint);
    }

    public Task StartAsync() => _workers.StartAsync(CancellationToken.None);

    public Task StopAsync() => _workers.StopAsync(CancellationToken.None);

    /// <summary>Stores an event about a conversation and dispatches it.</summary>
    public async Task<long> OweAsync(long conversation)
    {
        var sequence = await Store.AppendAsync(conversation, receivedAt: Clock.GetUtcNow());
        await Store.DispatchAllAsync(Clock.GetUtcNow());
        return sequence;
    }

    /// <summary>Moves the clock to when a delivery is retried. A worker checks at least once an hour.</summary>
    public async Task ReachAsync(DateTimeOffset due)
    {
        // The store keeps microseconds.
        due = new DateTimeOffset(due.Ticks - due.Ticks % TimeSpan.TicksPerMicrosecond, due.Offset);

        // Until it has read the queue again, a worker still waits for the earlier due time.
        await Queue.LookedAsync(due);
        while (Clock.GetUtcNow() < due)
        {
            var hour = Clock.GetUtcNow().AddHours(1);
            await Clock.ReachAsync(due < hour ? due : hour);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Stopping would wait for running attempts on a clock that does not move.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _workers.StopAsync(now.Token).InTime();
        _workers.Dispose();
        _settings.Dispose();
        await Store.DisposeAsync();
        await _services.DisposeAsync();
    }
}
