using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Leases deliveries to workers and stores the outcomes.</summary>
/// <remarks>
/// <para>Of deliveries with the same endpoint and ordering key, only the earliest unsettled one is leased. Every call fails
/// with <see cref="InboxUnavailableException"/> while the store is unavailable, and has then changed nothing.</para>
/// <para>Time is that of the store: workers pass durations, so that all nodes agree on when a delivery is due and when a lease
/// expires.</para>
/// </remarks>
internal interface IDeliveryQueue
{
    /// <summary>
    /// Makes deliveries pending again whose leases cannot be valid any more: where a store belongs to one process, all leases
    /// of an earlier process; otherwise those that have expired. Every node calls it once, at startup.
    /// </summary>
    /// <returns>The number of deliveries.</returns>
    Task<int> RecoverAsync();

    /// <summary>Leases due deliveries of one endpoint.</summary>
    /// <param name="endpointId">The endpoint; nothing is leased while it is paused or disabled.</param>
    /// <param name="max">The maximum number to lease.</param>
    /// <param name="started">
    /// How many of them start at once. The others are taken ahead, to be started with <see cref="StartAsync"/>.
    /// </param>
    /// <param name="duration">How long the leases last.</param>
    Task<LeasedBatch> LeaseAsync(Guid endpointId, int max, int started, TimeSpan duration);

    /// <summary>Starts attempts of leases that were taken ahead: from now on they count, even if they never end.</summary>
    /// <param name="leases">The leases.</param>
    /// <param name="duration">How long the leases last from now on.</param>
    /// <returns>Those that are still held, started. The others belong to another worker by now, or to none.</returns>
    Task<IReadOnlyList<DeliveryLease>> StartAsync(IReadOnlyList<DeliveryLease> leases, TimeSpan duration);

    /// <summary>Records an attempt and, if its lease is still held, settles the delivery.</summary>
    /// <remarks>The first success of an endpoint that was down makes all its pending deliveries due.</remarks>
    Task<SettleOutcome> SettleAsync(Settlement settlement);

    /// <summary>
    /// Makes due the deliveries that would wait longer than the maximum: they were scheduled while the clock was wrong.
    /// </summary>
    /// <param name="longest">The longest possible wait.</param>
    /// <param name="cancellationToken">Set when the app is stopping.</param>
    /// <returns>The number of deliveries.</returns>
    Task<int> PullBackAsync(TimeSpan longest, CancellationToken cancellationToken);

    /// <summary>Releases a lease as if it had not been taken; a started attempt does not count.</summary>
    Task ReleaseAsync(DeliveryLease lease);

    /// <summary>
    /// Makes deliveries pending again whose leases have expired: their worker died or was stopped. Started attempts count.
    /// Any node may call it, at any time.
    /// </summary>
    /// <returns>The number of deliveries.</returns>
    Task<int> ExpireLeasesAsync();

    /// <summary>Finds the endpoints with due deliveries, in case a signal got lost.</summary>
    Task<IReadOnlyList<Guid>> FindDueAsync(CancellationToken cancellationToken);
}
