using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Testing.Storing;

/// <summary>Makes the next attempt due as soon as one has failed. All else is up to the queue of the store.</summary>
internal sealed class ImmediateRetryQueue(IDeliveryQueue queue) : IDeliveryQueue
{
    public Task<int> RecoverAsync() => queue.RecoverAsync();

    public Task<LeasedBatch> LeaseAsync(Guid endpointId, int max, int started, TimeSpan duration) =>
        queue.LeaseAsync(endpointId, max, started, duration);

    public Task<IReadOnlyList<DeliveryLease>> StartAsync(IReadOnlyList<DeliveryLease> leases, TimeSpan duration) =>
        queue.StartAsync(leases, duration);

    public Task<SettleOutcome> SettleAsync(Settlement settlement) => queue.SettleAsync(
        settlement.RetryAfter is null ? settlement : settlement with { RetryAfter = TimeSpan.Zero });

    public Task<int> PullBackAsync(TimeSpan longest, CancellationToken cancellationToken) =>
        queue.PullBackAsync(longest, cancellationToken);

    public Task ReleaseAsync(DeliveryLease lease) => queue.ReleaseAsync(lease);

    public Task<int> ExpireLeasesAsync() => queue.ExpireLeasesAsync();

    public Task<IReadOnlyList<Guid>> FindDueAsync(CancellationToken cancellationToken) => queue.FindDueAsync(cancellationToken);
}
