using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Delivering;

/// <summary>Runs one worker for every enabled endpoint, and releases deliveries whose lease has expired.</summary>
internal sealed class DeliveryWorkers(
    IEndpointStore endpoints,
    IDeliveryQueue queue,
    IStoreSignal signal,
    DestinationProviders destinations,
    AttemptExecutor executor,
    TimeProvider timeProvider,
    ILogger<DeliveryWorkers> logger,
    ILogger<EndpointWorker> workerLogger)
    : PeriodicService(TimeSpan.FromSeconds(5), timeProvider, logger, signal.Endpoints)
{
    private static readonly TimeSpan PullBackPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How long running attempts may continue after a stop; after that, their leases are released.</summary>
    private static readonly TimeSpan ToFinish = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Guid, Running> _workers = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TimeProvider _timeProvider = timeProvider;
    private bool _isRecovered;
    private long? _pulledBackAt;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        signal.DeliveriesDue += Wake;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(ToFinish, _timeProvider);
        await using var aborting = late.Token.UnsafeRegister(_ => _abort.Cancel(), null);
        await using var hurried = cancellationToken.UnsafeRegister(_ => _abort.Cancel(), null);

        // With its own token, this wait would end before the leases are released.
        await base.StopAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        var freed = _isRecovered ? await queue.ExpireLeasesAsync() : await queue.RecoverAsync();
        _isRecovered = true;
        if (freed > 0)
        {
            InboxLog.LeasesExpired(logger, freed);
        }

        await PullBackAsync(stoppingToken);
        Refresh(await endpoints.ListAsync(stoppingToken), stoppingToken);
        foreach (var due in await queue.FindDueAsync(stoppingToken))
        {
            Wake(due);
        }

        return false;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.WorkersPostponed(logger, exception);

    protected override async Task EndAsync()
    {
        signal.DeliveriesDue -= Wake;
        await Task.WhenAll(_workers.Values.Select(running => running.Task));
    }

    /// <summary>
    /// Runs at startup and once a minute: instants in the store may come from a clock that was wrong.
    /// </summary>
    private async Task PullBackAsync(CancellationToken stoppingToken)
    {
        if (_pulledBackAt is { } last && _timeProvider.GetElapsedTime(last) < PullBackPeriod)
        {
            return;
        }

        var pulled = await queue.PullBackAsync(executor.LongestWait, stoppingToken);
        _pulledBackAt = _timeProvider.GetTimestamp();
        if (pulled > 0)
        {
            InboxLog.PulledBack(logger, pulled, executor.LongestWait);
        }
    }

    private void Wake(Guid endpoint)
    {
        lock (_gate)
        {
            if (_workers.TryGetValue(endpoint, out var running))
            {
                running.Worker.Wake();
            }
        }
    }

    private void Refresh(IReadOnlyList<WebhookEndpoint> current, CancellationToken stoppingToken)
    {
        lock (_gate)
        {
            var enabled = current.Where(endpoint => endpoint.State is EndpointState.Enabled).ToDictionary(endpoint => endpoint.Id);
            foreach (var (key, running) in _workers)
            {
                if (!enabled.ContainsKey(key))
                {
                    running.Stop.Cancel();
                }

                // Also if the endpoint is enabled again: it gets a new worker below.
                if (running.Task.IsCompleted)
                {
                    running.Stop.Dispose();
                    _workers.Remove(key);
                }
            }

            foreach (var endpoint in enabled.Values)
            {
                if (!_workers.TryGetValue(endpoint.Id, out var running))
                {
                    Start(endpoint, stoppingToken);
                }
                else if (running.Stop.IsCancellationRequested)
                {
                    // Still stopping after a pause; refresh as soon as it has ended.
                    _ = running.Task.ContinueWith(_ => signal.Endpoints.Set(), TaskScheduler.Default);
                }
                else
                {
                    running.Worker.Update(endpoint);
                }
            }
        }
    }

    private void Start(WebhookEndpoint endpoint, CancellationToken stoppingToken)
    {
        var worker = new EndpointWorker(endpoint, destinations.For(endpoint), queue, executor, _timeProvider, workerLogger);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _workers.Add(endpoint.Id, new Running(worker, stop, Task.Run(() => worker.RunAsync(stop.Token, _abort.Token), CancellationToken.None)));
    }

    private sealed record Running(EndpointWorker Worker, CancellationTokenSource Stop, Task Task);
}
