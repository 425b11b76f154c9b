using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Leases deliveries to workers and stores the outcomes.</summary>
/// <remarks>
/// Of deliveries with the same endpoint and ordering key, only the earliest unsettled one is leased. Every call fails
/// with <see cref="InboxUnavailableException"/> while the store is unavailable, and has then changed nothing.
/// </remarks>
internal interface IDeliveryQueue
{
    /// <summary>Makes deliveries leased by an earlier process pending again, at startup.</summary>
    /// <remarks>
    /// A file is used by one process, so no lease of an earlier one is still valid; with several nodes, leases expire.
    /// </remarks>
    /// <returns>The number of deliveries.</returns>
    Task<int> RecoverAsync(DateTimeOffset now);

    /// <summary>Leases due deliveries of one endpoint.</summary>
    /// <param name="endpoint">The endpoint; nothing is leased while it is paused or disabled.</param>
    /// <param name="most">The maximum number to lease.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="until">When the leases expire.</param>
    Task<LeasedBatch> LeaseAsync(WebhookEndpoint endpoint, int most, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Records an attempt and, if its lease is still valid, settles the delivery.</summary>
    /// <remarks>The first success of an endpoint that was down makes all its pending deliveries due.</remarks>
    /// <returns>
    /// <see langword="false"/> if the lease had expired: the attempt was recorded and nothing else changed.
    /// </returns>
    Task<bool> SettleAsync(Settlement settlement);

    /// <summary>
    /// Makes due the deliveries that would wait longer than the maximum: they were scheduled while the clock was wrong.
    /// </summary>
    /// <param name="now">The current instant.</param>
    /// <param name="longest">The longest possible wait.</param>
    /// <param name="cancellationToken">Set when the app is stopping.</param>
    /// <returns>The number of deliveries.</returns>
    Task<int> PullBackAsync(DateTimeOffset now, TimeSpan longest, CancellationToken cancellationToken);

    /// <summary>Releases a lease as if it had never been granted.</summary>
    Task ReleaseAsync(DeliveryLease lease, DateTimeOffset now);

    /// <summary>Makes deliveries pending again whose leases have expired: their worker died or was stopped.</summary>
    /// <returns>The number of deliveries.</returns>
    Task<int> ExpireLeasesAsync(DateTimeOffset now);

    /// <summary>Finds the endpoints with due deliveries, in case a signal got lost.</summary>
    Task<IReadOnlyList<long>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
