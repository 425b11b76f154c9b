using System.Threading.Channels;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A queue that records settlements and can be unavailable for a while.</summary>
internal sealed class WatchedQueue(IDeliveryQueue inner) : IDeliveryQueue
{
    private readonly Channel<Settlement> _settled = Channel.CreateUnbounded<Settlement>();
    private readonly Channel<DateTimeOffset?> _looked = Channel.CreateUnbounded<DateTimeOffset?>();
    private int _awayFor;

    /// <summary>How many of the next settlements fail because the store is unavailable.</summary>
    public int AwayFor
    {
        get => Volatile.Read(ref _awayFor);
        set => Volatile.Write(ref _awayFor, value);
    }

    /// <summary>Waits for the next settlement to be stored.</summary>
    public Task<Settlement> SettledAsync() =>
        _settled.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    /// <summary>Waits until a worker has read this as the next due time.</summary>
    public async Task LookedAsync(DateTimeOffset nextDueAt)
    {
        while (await _looked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime() != nextDueAt)
        {
        }
    }

    public async Task<bool> SettleAsync(Settlement settlement)
    {
        if (Interlocked.Decrement(ref _awayFor) >= 0)
        {
            throw new InboxUnavailableException("The store is away.");
        }

        var isSettled = await inner.SettleAsync(settlement);
        Assert.True(_settled.Writer.TryWrite(settlement));
        return isSettled;
    }

    public Task<int> RecoverAsync(DateTimeOffset now) => inner.RecoverAsync(now);

    public async Task<LeasedBatch> LeaseAsync(
        WebhookEndpoint endpoint, int most, DateTimeOffset now, DateTimeOffset until)
    {
        var batch = await inner.LeaseAsync(endpoint, most, now, until);
        Assert.True(_looked.Writer.TryWrite(batch.NextDueAt));
        return batch;
    }

    public Task<int> PullBackAsync(DateTimeOffset now, TimeSpan longest, CancellationToken cancellationToken) =>
        inner.PullBackAsync(now, longest, cancellationToken);

    public Task ReleaseAsync(DeliveryLease lease, DateTimeOffset now) => inner.ReleaseAsync(lease, now);

    public Task<int> ExpireLeasesAsync(DateTimeOffset now) => inner.ExpireLeasesAsync(now);

    public Task<IReadOnlyList<long>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.FindDueAsync(now, cancellationToken);
}
