using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Brings deliveries back: the same ones, or new ones for past events.</summary>
internal interface IReplayStore
{
    /// <summary>Re-opens a dead letter in its old place.</summary>
    /// <returns><see langword="false"/>: there is no such delivery, or it is not a dead letter that still stands.</returns>
    Task<bool> RetryAsync(Guid deliveryId, DateTimeOffset now);

    /// <summary>Decides that a delivery need not arrive.</summary>
    /// <returns><see langword="false"/>: there is none, or it is neither pending nor a dead letter that still stands.</returns>
    Task<bool> DiscardAsync(Guid deliveryId, DateTimeOffset now);

    /// <summary>Notes a replay; <see cref="StepAsync"/> carries it out.</summary>
    /// <returns>The replay; <see langword="null"/>: the event or endpoint it names is not there.</returns>
    Task<Replay?> CreateAsync(ReplayRequest request, DateTimeOffset now);

    /// <summary>Adds the next deliveries of the oldest replay that is not at its end, at most some hundred.</summary>
    /// <returns><see langword="false"/>: no replay is running.</returns>
    Task<bool> StepAsync(DateTimeOffset now);

    /// <summary>Ends a replay early.</summary>
    /// <returns><see langword="false"/>: there is no such replay, or it has ended.</returns>
    Task<bool> StopAsync(Guid id, DateTimeOffset now);

    Task<Replay?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The replays, newest first.</summary>
    /// <param name="before">Only those before this one.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    Task<IReadOnlyList<Replay>> ListAsync(long? before, int limit, CancellationToken cancellationToken);
}
