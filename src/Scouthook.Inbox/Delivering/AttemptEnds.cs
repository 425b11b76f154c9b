using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Delivering;

/// <summary>Stores the outcomes of attempts, and gives leases back, beside the attempts that follow.</summary>
internal sealed class AttemptEnds(IDeliveryQueue queue, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan AfterProblem = TimeSpan.FromSeconds(1);

    private readonly AsyncAutoResetEvent _pause = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The worker itself is the first.</summary>
    private int _open = 1;

    /// <summary>Something began that the worker must wait for before it ends.</summary>
    public void Begin() => Interlocked.Increment(ref _open);

    public void End()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _empty.SetResult();
        }
    }

    /// <summary>Waits until everything has ended; called once.</summary>
    public Task WhenEmptyAsync()
    {
        End();
        return _empty.Task;
    }

    /// <summary>
    /// Waits until the outcome is stored. It exists only here, so an unavailable store is waited for.
    /// </summary>
    public async Task SettleAsync(Settlement settlement, CancellationToken abort)
    {
        Begin();
        try
        {
            while (!await TrySettleAsync(settlement, abort))
            {
                await _pause.WaitAsync(AfterProblem, timeProvider, abort);
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Gives leases back that were not attempted. If that fails, they expire.</summary>
    public Task ReleaseAsync(IEnumerable<DeliveryLease> leases) => Task.WhenAll(leases.Select(ReleaseAsync));

    /// <summary>Gives back one lease.</summary>
    public async Task ReleaseAsync(DeliveryLease lease)
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

    private async Task<bool> TrySettleAsync(Settlement settlement, CancellationToken abort)
    {
        try
        {
            if (await queue.SettleAsync(settlement) is SettleOutcome.LeaseExpired)
            {
                InboxLog.SettledLate(logger, settlement.Lease.DeliveryId, settlement.Lease.Endpoint.Name);
            }

            return true;
        }
        catch (InboxUnavailableException) when (abort.IsCancellationRequested)
        {
            // The lease expires, and the delivery is attempted again: at least once, not exactly once.
            return true;
        }
        catch (Exception exception)
        {
            InboxLog.DeliveringPostponed(logger, settlement.Lease.Endpoint.Name, exception);
            return exception is not InboxUnavailableException;
        }
    }
}
