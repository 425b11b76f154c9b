using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Brings deliveries back: the same ones, or new ones for past events.</summary>
/// <remarks>Each change and its audit entry are one transaction; what changes nothing is not recorded.</remarks>
internal interface IReplayStore
{
    /// <summary>Re-opens a dead letter in its old place, or makes a delivery that waits for its next attempt due now.</summary>
    Task<DeliveryChangeOutcome> RetryAsync(Guid deliveryId, DateTimeOffset now, AuditEntry? audit = null);

    /// <summary>Decides that a delivery need not arrive: a pending one, or a dead letter that nothing has replaced.</summary>
    Task<DeliveryChangeOutcome> DiscardAsync(Guid deliveryId, DateTimeOffset now, AuditEntry? audit = null);

    /// <summary>Starts a replay; <see cref="StepAsync"/> carries it out.</summary>
    /// <returns>
    /// The replay, or <see cref="ReplayOutcome.EventNotFound"/> or <see cref="ReplayOutcome.EndpointNotFound"/> if the
    /// request names what does not exist.
    /// </returns>
    Task<ReplayResult> CreateAsync(ReplayRequest request, DateTimeOffset now, Func<Replay, AuditEntry>? audit = null);

    /// <summary>Adds the next deliveries of the oldest replay that is not at its end, at most some hundred.</summary>
    /// <returns><see langword="false"/>: no replay is running.</returns>
    Task<bool> StepAsync(DateTimeOffset now);

    /// <summary>Ends a replay early.</summary>
    /// <returns>
    /// The replay as it is now; <see cref="ReplayOutcome.AlreadyEnded"/> if there was nothing to end, or
    /// <see cref="ReplayOutcome.NotFound"/>.
    /// </returns>
    Task<ReplayResult> StopAsync(Guid id, DateTimeOffset now, AuditEntry? audit = null);

    Task<Replay?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The replays, newest first.</summary>
    /// <param name="before">Only those before this one.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    Task<IReadOnlyList<Replay>> ListAsync(long? before, int limit, CancellationToken cancellationToken);
}
