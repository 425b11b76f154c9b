using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Reads stored events.</summary>
internal interface IEventHistory
{
    /// <summary>Lists events, newest first.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    /// <returns>A page. It costs a bounded amount of work, however large the store is.</returns>
    Task<Page<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>Finds one event.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The event, or <see langword="null"/>.</returns>
    Task<StoredEvent?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Reads the bytes of one event.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Body and headers, or <see langword="null"/>.</returns>
    Task<EventContent?> ReadAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Lists the activity of each source.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>One row for each source that ever stored an event.</returns>
    Task<IReadOnlyList<SourceActivity>> SourcesAsync(CancellationToken cancellationToken);
}
