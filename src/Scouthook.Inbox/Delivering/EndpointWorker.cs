using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Delivering.Scheduling;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Delivering;

/// <summary>Delivers to one endpoint. Each endpoint has its own worker, so none waits for another.</summary>
/// <remarks>
/// One loop leases and starts deliveries, a few more than there are free slots if the endpoint is fast. The slots attempt
/// them one after another; a slot is free when it has its answer, and the outcome is stored beside the next attempt
/// (docs/decisions/0040).
/// </remarks>
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

    /// <summary>How long the store may take to grant a lease that is attempted at once.</summary>
    private static readonly TimeSpan Granting = TimeSpan.FromSeconds(1);

    /// <summary>How long a lease taken ahead may wait for a slot before it must be extended.</summary>
    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(10);

    private readonly AsyncAutoResetEvent _wake = new();
    private readonly EndpointCircuit _circuit = new();
    private readonly LeaseDepth _depth = new();
    private readonly LeaseQueue _leases = new();
    private readonly AttemptEnds _ends = new(queue, timeProvider, logger);
    private readonly long _started = timeProvider.GetTimestamp();
    private volatile WebhookEndpoint _endpoint = endpoint;
    private volatile SharedDestination _destination = new(endpoint, provider.Create(endpoint));
    private CancellationToken _stop;
    private CancellationToken _abort;
    private volatile int _reserve;
    private volatile bool _mayBeMore = true;
    private TimeSpan _lookAt;
    private bool _isNotReady;

    /// <summary>Signals that there may be due deliveries.</summary>
    public void Wake()
    {
        _mayBeMore = true;
        _wake.Set();
    }

    /// <summary>Applies a changed definition; running attempts finish with the old one.</summary>
    public void Update(WebhookEndpoint changed)
    {
        _endpoint = changed;
        Wake();
    }

    /// <summary>Leases and attempts deliveries until stopped, then waits for the running attempts.</summary>
    /// <param name="stop">Stops leasing, and gives back what was not attempted.</param>
    /// <param name="abort">Cancels running attempts and releases their leases.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        (_stop, _abort) = (stop, abort);
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await LeaseAsync();
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

        await _ends.ReleaseAsync(_leases.TakeAll());
        await _ends.WhenEmptyAsync();
        await _destination.ExitAsync();
    }

    /// <returns>How long to wait unless signaled.</returns>
    private async Task<TimeSpan> LeaseAsync()
    {
        var current = _endpoint;
        await ReplaceAsync(current);
        var isReady = IsReady();
        if (!isReady || _circuit.ProbeAt is not null)
        {
            await _ends.ReleaseAsync(_leases.TakeAll());
        }

        if (!isReady)
        {
            return WhileNotReady;
        }

        await FillSlotsAsync();
        var now = Elapsed();
        if (now >= _lookAt)
        {
            (_mayBeMore, _lookAt) = (true, now + Idle);
        }

        var concurrency = executor.Concurrency(current);
        var limit = _circuit.MaxConcurrency(concurrency, now);
        var free = Math.Max(0, limit - _leases.InFlight);
        var depth = limit < concurrency ? 0 : _depth.At(concurrency, now);
        _reserve = Math.Min(depth, (concurrency + 1) / 2);

        var toStart = _leases.TakeAhead(free + _reserve - _leases.Started);
        var wanted = free + depth - _leases.Started - _leases.Ahead - toStart.Count;
        if (!_mayBeMore || (free <= _leases.Started + toStart.Count && wanted <= depth / 2))
        {
            wanted = 0;
        }

        if (toStart.Count == 0 && wanted <= 0)
        {
            return _circuit.ProbeAt is { } probe && probe > now ? probe - now : UntilNextLook(now);
        }

        // Both in one transaction.
        var starting = toStart.Count > 0 ? StartAsync(toStart) : Task.CompletedTask;
        var leasing = wanted > 0
            ? LeaseAsync(wanted, free + _reserve - _leases.Started - toStart.Count, areToWait: wanted > free)
            : Task.FromResult(false);
        await Task.WhenAll(starting, leasing);
        await FillSlotsAsync();

        // A slot that ended meanwhile did not know yet that there is more, so it did not wake this loop. And with a slow
        // store, leases are too short by the time they are granted, and have to be extended first.
        return await leasing || (_leases.InFlight < limit && _leases.Ahead > 0) ? TimeSpan.Zero : UntilNextLook(Elapsed());
    }

    /// <returns>Whether as many were due as were asked for, so that there may be more.</returns>
    private async Task<bool> LeaseAsync(int max, int started, bool areToWait)
    {
        // Before the call, so that no signal during it is lost.
        _mayBeMore = false;
        var asked = Elapsed();
        var duration = Duration(areToWait);
        LeasedBatch batch;
        try
        {
            batch = await queue.LeaseAsync(_endpoint.Id, max, Math.Clamp(started, 0, max), duration);
        }
        catch
        {
            _mayBeMore = true;
            throw;
        }

        var isDue = batch.NextDueIn <= TimeSpan.Zero;
        var isFull = batch.Leases.Count == max;
        _mayBeMore |= isFull || isDue;

        // A due delivery that was not leased waits for an earlier one that was reopened; its end signals this worker.
        _lookAt = Elapsed() + (isFull || batch.NextDueIn is not { } next ? Idle : isDue ? AfterProblem : next);
        try
        {
            // The store may know of a change, such as a new secret, before this worker does.
            if (batch.Leases.MaxBy(lease => lease.Endpoint.Revision) is { } newest)
            {
                _depth.Leased(batch.Leases.Max(lease => lease.Body.Length));
                await ReplaceAsync(newest.Endpoint);
            }
        }
        finally
        {
            _leases.Add(batch.Leases, asked + duration + (areToWait ? TimeSpan.Zero : Granting));
        }

        return isFull;
    }

    private async Task StartAsync(List<DeliveryLease> leases)
    {
        var asked = Elapsed();
        var duration = Duration(areToWait: true);
        try
        {
            _leases.Add(await queue.StartAsync(leases, duration), asked + duration);
        }
        catch
        {
            _leases.PutBack(leases);
            throw;
        }

        await FillSlotsAsync();
    }

    private TimeSpan Duration(bool areToWait) =>
        executor.Timeout(_destination.Endpoint) + BeyondTimeout + (areToWait ? Waiting : TimeSpan.Zero);

    /// <summary>Applies a change and lets it be tried at once; running attempts keep the old destination, which the last one disposes of.</summary>
    private async ValueTask ReplaceAsync(WebhookEndpoint current)
    {
        var old = _destination;
        if (current.Revision > old.Endpoint.Revision)
        {
            _destination = new SharedDestination(current, provider.Create(current));
            _circuit.ProbeNow(Elapsed());
            await old.ExitAsync();
        }
    }

    /// <summary>Returns whether attempts can be made at all; nothing is leased while they cannot, so none is counted.</summary>
    private bool IsReady()
    {
        var isReady = _destination.Destination.UnavailableReason is null;
        if (!isReady && !_isNotReady)
        {
            InboxLog.SecretsUnreadable(logger, _endpoint.Name);
        }

        _isNotReady = !isReady;
        return isReady;
    }

    private async ValueTask FillSlotsAsync()
    {
        while (await TakeAsync(endsAttempt: false) is { } next)
        {
            _ends.Begin();
            _ = RunSlotAsync(next);
        }
    }

    /// <summary>Takes the next lease for a slot, with the destination as last changed.</summary>
    private async ValueTask<Attempting?> TakeAsync(bool endsAttempt)
    {
        var destination = _destination;
        while (!destination.TryEnter())
        {
            destination = _destination;
        }

        var now = Elapsed();
        var limit = _stop.IsCancellationRequested || _abort.IsCancellationRequested
            ? 0
            : _circuit.MaxConcurrency(executor.Concurrency(_endpoint), now);
        if (_leases.Next(endsAttempt, limit, now + executor.Timeout(destination.Endpoint) + BeyondTimeout) is not { } lease)
        {
            await destination.ExitAsync();
            return null;
        }

        return new Attempting(
            lease.Endpoint.Revision < destination.Endpoint.Revision ? lease with { Endpoint = destination.Endpoint } : lease,
            destination);
    }

    private async Task RunSlotAsync(Attempting first)
    {
        // Lets the leasing loop continue: the code below may run long before it first waits.
        await Task.Yield();
        for (Attempting? current = first; current is { } attempt;)
        {
            var state = await AttemptAsync(attempt);
            current = await TakeAsync(endsAttempt: true);
            SignalLoop(state, isFree: current is null);
        }

        _ends.End();
    }

    /// <summary>Wakes the leasing loop if it has something to do.</summary>
    private void SignalLoop(DeliveryState? state, bool isFree)
    {
        if (state is not DeliveryState.Delivered)
        {
            // The loop must learn when it is tried again.
            Wake();
        }
        else if ((isFree || _leases.Started <= _reserve / 2) && (_mayBeMore || _leases.Ahead > 0))
        {
            _wake.Set();
        }
    }

    /// <returns>The new state of the delivery; <see langword="null"/> if it was not attempted.</returns>
    private async Task<DeliveryState?> AttemptAsync(Attempting attempting)
    {
        var (lease, destination) = attempting;
        try
        {
            var settlement = await executor.AttemptAsync(lease, destination.Destination, _abort);
            if (settlement is null)
            {
                await _ends.ReleaseAsync(lease);
                return null;
            }

            _depth.Finished();
            Note(settlement);
            _ = _ends.SettleAsync(settlement, _abort);
            return settlement.State;
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            await _ends.ReleaseAsync(lease);
        }
        catch (Exception exception)
        {
            // A bug in Scouthook: the lease expires, and the delivery is attempted again.
            InboxLog.DeliveringPostponed(logger, lease.Endpoint.Name, exception);
        }
        finally
        {
            await destination.ExitAsync();
        }

        return null;
    }

    /// <summary>Monotonic time.</summary>
    private TimeSpan Elapsed() => timeProvider.GetElapsedTime(_started);

    /// <summary>How long the loop may wait until it looks for due deliveries again.</summary>
    private TimeSpan UntilNextLook(TimeSpan now) => _lookAt > now ? _lookAt - now : TimeSpan.Zero;

    private void Note(Settlement settlement)
    {
        if (EndpointHealthRule.IsAtFault(settlement.Result.Outcome) is false && _circuit.Succeed())
        {
            InboxLog.EndpointUp(logger, _endpoint.Name);
            Wake();
        }
        else if (EndpointHealthRule.IsAtFault(settlement.Result.Outcome) is true && _circuit.Fail(Elapsed()))
        {
            InboxLog.EndpointDown(logger, _endpoint.Name);
        }
    }

    private readonly record struct Attempting(DeliveryLease Lease, SharedDestination Destination);
}
