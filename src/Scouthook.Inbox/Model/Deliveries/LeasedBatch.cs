namespace Scouthook.Inbox.Model;

/// <summary>What a worker got when it asked for work.</summary>
/// <param name="Leases">The deliveries it may attempt now.</param>
/// <param name="NextDueAt">When the next one comes due, if none is left that is due now; otherwise the past.</param>
internal sealed record LeasedBatch(IReadOnlyList<DeliveryLease> Leases, DateTimeOffset? NextDueAt);
