using System.Threading.Channels;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A queue that records settlements and can be unavailable for a while.</summary>
internal sealed class WatchedQueue(IDeliveryQueue inner, TimeProvider timeProvider) : IDeliveryQueue
{
    private readonly Channel<Settled> _settled = Channel.CreateUnbounded<Settled>();
    private readonly Channel<DateTimeOffset?> _looked = Channel.CreateUnbounded<DateTimeOffset?>();
    private int _awayFor;

    /// <summary>How many of the next settlements fail because the store is unavailable.</summary>
    public int AwayFor
    {
        get => Volatile.Read(ref _awayFor);
        set => Volatile.Write(ref _awayFor, value);
    }

    /// <summary>Called when leases have been granted, before the worker gets them.</summary>
    public Func<Task>? Granted { get; set; }

    /// <summary>Waits for the next settlement to be stored.</summary>
    public Task<Settled> SettledAsync() =>
        _settled.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    /// <summary>Waits until a worker has read this as the next due time.</summary>
    public async Task LookedAsync(DateTimeOffset nextDueAt)
    {
        while (await _looked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime() != nextDueAt)
        {
        }
    }

    public async Task<SettleOutcome> SettleAsync(Settlement settlement)
    {
        if (Interlocked.Decrement(ref _awayFor) >= 0)
        {
            throw new InboxUnavailableException("The store is away.");
        }

        var outcome = await inner.SettleAsync(settlement);
        Assert.True(_settled.Writer.TryWrite(new Settled(settlement, timeProvider.GetUtcNow())));
        return outcome;
    }

    public Task<int> RecoverAsync() => inner.RecoverAsync();

    public async Task<LeasedBatch> LeaseAsync(Guid endpointId, int max, int started, TimeSpan duration)
    {
        var batch = await inner.LeaseAsync(endpointId, max, started, duration);
        await (Granted?.Invoke() ?? Task.CompletedTask);
        Assert.True(_looked.Writer.TryWrite(timeProvider.GetUtcNow() + batch.NextDueIn));
        return batch;
    }

    public Task<IReadOnlyList<DeliveryLease>> StartAsync(IReadOnlyList<DeliveryLease> leases, TimeSpan duration) =>
        inner.StartAsync(leases, duration);

    public Task<int> PullBackAsync(TimeSpan longest, CancellationToken cancellationToken) =>
        inner.PullBackAsync(longest, cancellationToken);

    public Task ReleaseAsync(DeliveryLease lease) => inner.ReleaseAsync(lease);

    public Task<int> ExpireLeasesAsync() => inner.ExpireLeasesAsync();

    public Task<IReadOnlyList<Guid>> FindDueAsync(CancellationToken cancellationToken) => inner.FindDueAsync(cancellationToken);

    /// <summary>A stored settlement, and when it was stored.</summary>
    internal sealed record Settled(Settlement Settlement, DateTimeOffset At)
    {
        public DateTimeOffset? NextAttemptAt => At + Settlement.RetryAfter;
    }
}
