namespace Scouthook.Inbox.Model;

/// <summary>The result of leasing deliveries.</summary>
/// <param name="Leases">The deliveries it may attempt now.</param>
/// <param name="NextDueAt">When the next one comes due if none is due now; otherwise a time in the past.</param>
internal sealed record LeasedBatch(IReadOnlyList<DeliveryLease> Leases, DateTimeOffset? NextDueAt);
