using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Delivering.Scheduling;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Delivering;

/// <summary>Delivers to one endpoint. Each endpoint has its own worker, so none waits for another.</summary>
internal sealed class EndpointWorker(
    WebhookEndpoint endpoint,
    IDestinationProvider provider,
    IDeliveryQueue queue,
    AttemptExecutor executor,
    TimeProvider timeProvider,
    ILogger<EndpointWorker> logger)
{
    private static readonly TimeSpan BeyondTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterProblem = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileNotReady = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly AsyncAutoResetEvent _wake = new();
    private readonly AsyncAutoResetEvent _pause = new();
    private readonly EndpointCircuit _circuit = new();
    private readonly long _started = timeProvider.GetTimestamp();
    private readonly ConcurrentDictionary<Guid, Task> _running = new();
    private volatile WebhookEndpoint _endpoint = endpoint;
    private WebhookEndpoint _delivered = endpoint;
    private IDestination _destination = provider.Create(endpoint);
    private int _inFlight;
    private bool _isNotReady;

    public void Wake() => _wake.Set();

    /// <summary>Applies a changed definition; running attempts finish with the old one.</summary>
    public void Update(WebhookEndpoint changed)
    {
        _endpoint = changed;
        Wake();
    }

    /// <summary>Leases and attempts deliveries until stopped, then waits for the running attempts.</summary>
    /// <param name="stop">Stops leasing.</param>
    /// <param name="abort">Cancels running attempts and releases their leases.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await LeaseAsync(abort);
            }
            catch (Exception exception)
            {
                // A problem with one endpoint must not affect others, and a worker that ended would deliver nothing
                // more.
                InboxLog.DeliveringPostponed(logger, _endpoint.Name, exception);
                wait = AfterProblem;
            }

            await _wake.WaitAsync(wait, timeProvider, stop);
        }

        await Task.WhenAll(_running.Values);
        await _destination.DisposeAsync();
    }

    /// <returns>How long to wait unless signaled.</returns>
    private async Task<TimeSpan> LeaseAsync(CancellationToken abort)
    {
        var current = _endpoint;
        Replace(current);
        if (!IsReady(current))
        {
            return WhileNotReady;
        }

        var elapsed = Elapsed();
        var room = _circuit.MaxConcurrency(executor.Concurrency(current), elapsed) - Volatile.Read(ref _inFlight);
        if (room <= 0)
        {
            return _circuit.ProbeAt is { } probe && probe > elapsed ? probe - elapsed : Idle;
        }

        var batch = await queue.LeaseAsync(current.Id, room, started: room, executor.Timeout(current) + BeyondTimeout);
        foreach (var granted in batch.Leases)
        {
            var lease = granted with { Endpoint = WithTimeout(granted.Endpoint, current) };

            // The store may know of a change, such as a new secret, before this worker does.
            Replace(lease.Endpoint);
            Start(lease, abort);
        }

        if (batch.Leases.Count == room || batch.NextDueIn is not { } next)
        {
            return Idle;
        }

        // A due delivery that was not leased waits for an earlier one that was reopened; its end signals this worker.
        return next > TimeSpan.Zero ? next : AfterProblem;
    }

    /// <summary>
    /// Returns the endpoint as leased, with the timeout that this worker knows: the lease lasts as long as that requires.
    /// </summary>
    private static WebhookEndpoint WithTimeout(WebhookEndpoint leased, WebhookEndpoint known) =>
        leased.Definition.Timeout == known.Definition.Timeout
            ? leased
            : leased with { Definition = leased.Definition with { Timeout = known.Definition.Timeout } };

    /// <summary>
    /// Gives a changed endpoint a new destination; the old one is disposed once the last attempt using it has ended.
    /// </summary>
    private void Replace(WebhookEndpoint current)
    {
        if (current.Revision <= _delivered.Revision)
        {
            return;
        }

        var (old, attempts) = (_destination, Task.WhenAll(_running.Values));
        _destination = provider.Create(current);
        _delivered = current;
        _ = attempts.ContinueWith(
            async _ => await old.DisposeAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>
    /// Returns whether attempts can be made at all; nothing is leased while they cannot, so none is counted.
    /// </summary>
    private bool IsReady(WebhookEndpoint current)
    {
        var isReady = _destination.UnavailableReason is null;
        if (!isReady && !_isNotReady)
        {
            InboxLog.SecretsUnreadable(logger, current.Name);
        }

        _isNotReady = !isReady;
        return isReady;
    }

    private void Start(DeliveryLease lease, CancellationToken abort)
    {
        Interlocked.Increment(ref _inFlight);
        var attempt = DeliverAsync(lease, _destination, abort);
        if (!attempt.IsCompleted)
        {
            _running[lease.DeliveryId] = attempt;
            _ = attempt.ContinueWith(
                _ => _running.TryRemove(new KeyValuePair<Guid, Task>(lease.DeliveryId, attempt)),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private async Task DeliverAsync(DeliveryLease lease, IDestination destination, CancellationToken abort)
    {
        // Lets the leasing loop continue: the code below may run long before it first waits.
        await Task.Yield();
        Settlement? settlement = null;
        try
        {
            settlement = await executor.AttemptAsync(lease, destination, abort);
            if (settlement is null)
            {
                await TryReleaseAsync(lease);
            }
            else
            {
                Note(settlement);
            }
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            await TryReleaseAsync(lease);
        }
        catch (Exception exception)
        {
            // A bug in Scouthook: the lease expires, and the delivery is attempted again.
            InboxLog.DeliveringPostponed(logger, lease.Endpoint.Name, exception);
        }

        var settling = settlement is null ? null : queue.SettleAsync(settlement);

        // A delivery requested now is leased in the same commit that settles this one.
        Interlocked.Decrement(ref _inFlight);
        Wake();
        if (settling is not null)
        {
            await SettleAsync(settlement!, settling, abort);
        }
    }

    /// <summary>Monotonic time.</summary>
    private TimeSpan Elapsed() => timeProvider.GetElapsedTime(_started);

    private void Note(Settlement settlement)
    {
        if (EndpointHealthRule.IsAtFault(settlement.Result.Outcome) is false && _circuit.Succeed())
        {
            InboxLog.EndpointUp(logger, _endpoint.Name);
        }
        else if (EndpointHealthRule.IsAtFault(settlement.Result.Outcome) is true && _circuit.Fail(Elapsed()))
        {
            InboxLog.EndpointDown(logger, _endpoint.Name);
        }
    }

    /// <summary>
    /// Waits until the outcome is stored. It exists only here, so an unavailable store is waited for.
    /// </summary>
    private async Task SettleAsync(Settlement settlement, Task<SettleOutcome> settling, CancellationToken abort)
    {
        while (true)
        {
            try
            {
                if (await settling is SettleOutcome.LeaseExpired)
                {
                    InboxLog.SettledLate(logger, settlement.Lease.DeliveryId, settlement.Lease.Endpoint.Name);
                }

                return;
            }
            catch (InboxUnavailableException exception)
            {
                if (abort.IsCancellationRequested)
                {
                    // The lease expires, and the delivery is attempted again: at least once, not exactly once.
                    return;
                }

                InboxLog.DeliveringPostponed(logger, settlement.Lease.Endpoint.Name, exception);
                await _pause.WaitAsync(AfterProblem, timeProvider, abort);
                settling = queue.SettleAsync(settlement);
            }
            catch (Exception exception)
            {
                InboxLog.DeliveringPostponed(logger, settlement.Lease.Endpoint.Name, exception);
                return;
            }
        }
    }

    private async Task TryReleaseAsync(DeliveryLease lease)
    {
        try
        {
            await queue.ReleaseAsync(lease);
        }
        catch (Exception exception)
        {
            InboxLog.DeliveringPostponed(logger, lease.Endpoint.Name, exception);
        }
    }
}
