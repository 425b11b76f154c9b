using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Testing.Storing;

/// <summary>Makes the next attempt due as soon as one has failed. All else is up to the queue of the store.</summary>
internal sealed class ImmediateRetryQueue(IDeliveryQueue queue) : IDeliveryQueue
{
    public Task<int> RecoverAsync(DateTimeOffset now) => queue.RecoverAsync(now);

    public Task<LeasedBatch> LeaseAsync(WebhookEndpoint endpoint, int most, DateTimeOffset now, DateTimeOffset until) =>
        queue.LeaseAsync(endpoint, most, now, until);

    public Task<bool> SettleAsync(Settlement settlement) => queue.SettleAsync(
        settlement.NextAttemptAt is null ? settlement : settlement with { NextAttemptAt = settlement.At });

    public Task<int> PullBackAsync(DateTimeOffset now, TimeSpan longest, CancellationToken cancellationToken) =>
        queue.PullBackAsync(now, longest, cancellationToken);

    public Task ReleaseAsync(DeliveryLease lease, DateTimeOffset now) => queue.ReleaseAsync(lease, now);

    public Task<int> ExpireLeasesAsync(DateTimeOffset now) => queue.ExpireLeasesAsync(now);

    public Task<IReadOnlyList<long>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        queue.FindDueAsync(now, cancellationToken);
}
