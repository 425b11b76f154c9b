namespace Scouthook.Inbox.Model;

/// <summary>The result of leasing deliveries.</summary>
/// <param name="Leases">The leased deliveries, in the order in which they are to be attempted.</param>
/// <param name="NextDueIn">
/// How long until the next one comes due; zero or less if one is due now; <see langword="null"/> if none is waiting.
/// </param>
internal sealed record LeasedBatch(IReadOnlyList<DeliveryLease> Leases, TimeSpan? NextDueIn);
