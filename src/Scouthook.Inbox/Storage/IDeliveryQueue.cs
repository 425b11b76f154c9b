using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Gives out deliveries under leases and takes back what became of them.</summary>
/// <remarks>
/// Of deliveries with the same endpoint and ordering key, only the earliest unsettled one is given out. Every call fails
/// with <see cref="InboxUnavailableException"/> while the store is away, and has then changed nothing.
/// </remarks>
internal interface IDeliveryQueue
{
    /// <summary>Makes deliveries pending again whose worker cannot be alive any more, at the start of a process.</summary>
    /// <remarks>A file has one process, so no lease of an earlier one still holds; among several nodes, leases run out.</remarks>
    /// <returns>How many.</returns>
    Task<int> RecoverAsync(DateTimeOffset now);

    /// <summary>Leases due deliveries of one endpoint.</summary>
    /// <param name="endpoint">The endpoint; nothing is leased while it is not enabled.</param>
    /// <param name="most">The most to lease.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="until">When the leases run out.</param>
    Task<LeasedBatch> LeaseAsync(WebhookEndpoint endpoint, int most, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Records an attempt and, if its lease still holds, what becomes of the delivery.</summary>
    /// <remarks>The first success of an endpoint that was down makes everything that waits there due.</remarks>
    /// <returns><see langword="false"/>: the lease had run out; the attempt was recorded and nothing else changed.</returns>
    Task<bool> SettleAsync(Settlement settlement);

    /// <summary>Makes due what would wait longer than anything may: it was scheduled while the clock was wrong.</summary>
    /// <param name="now">The current instant.</param>
    /// <param name="longest">The longest wait there can be.</param>
    /// <param name="cancellationToken">Set when the app is being stopped.</param>
    /// <returns>How many.</returns>
    Task<int> PullBackAsync(DateTimeOffset now, TimeSpan longest, CancellationToken cancellationToken);

    /// <summary>Gives a lease back as if it had not been taken.</summary>
    Task ReleaseAsync(DeliveryLease lease, DateTimeOffset now);

    /// <summary>Makes deliveries pending again whose leases ran out: their worker died or was stopped.</summary>
    /// <returns>How many.</returns>
    Task<int> ExpireLeasesAsync(DateTimeOffset now);

    /// <summary>The endpoints that have anything due: for wake-ups that got lost.</summary>
    Task<IReadOnlyList<long>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
