using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Retries deliveries, and replays past events as new ones.</summary>
/// <remarks>Each change and its audit entry are one transaction; a call that changes nothing is not recorded.</remarks>
internal interface IReplayStore
{
    /// <summary>
    /// Reopens a dead letter in its old position, or makes a delivery that waits for its next attempt due now.
    /// </summary>
    Task<DeliveryChangeOutcome> RetryAsync(Guid deliveryId, AuditEntry? audit = null);

    /// <summary>Discards a pending delivery, or a dead letter that has not been replayed.</summary>
    Task<DeliveryChangeOutcome> DiscardAsync(Guid deliveryId, AuditEntry? audit = null);

    /// <summary>Starts a replay; <see cref="StepAsync"/> carries it out.</summary>
    /// <returns>
    /// The replay, or <see cref="ReplayOutcome.EventNotFound"/> or <see cref="ReplayOutcome.EndpointNotFound"/> if the
    /// request names an unknown event or endpoint.
    /// </returns>
    Task<ReplayResult> CreateAsync(ReplayRequest request, Func<Replay, AuditEntry>? audit = null);

    /// <summary>Adds the next deliveries of the oldest running replay, at most some hundred.</summary>
    /// <returns><see cref="StepOutcome.Finished"/> if no replay is running.</returns>
    Task<StepOutcome> StepAsync();

    /// <summary>Ends a replay early.</summary>
    /// <returns>
    /// The replay after the change; <see cref="ReplayOutcome.AlreadyEnded"/> if it had ended before, or
    /// <see cref="ReplayOutcome.NotFound"/>.
    /// </returns>
    Task<ReplayResult> StopAsync(Guid id, AuditEntry? audit = null);

    Task<Replay?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Lists replays, newest first.</summary>
    /// <param name="cursor">The <see cref="Page{T}.Next"/> of the previous page; <see langword="null"/> for the first.</param>
    /// <param name="limit">The maximum number to return.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    Task<Page<Replay>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken);
}
