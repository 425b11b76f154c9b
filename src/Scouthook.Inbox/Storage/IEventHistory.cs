using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Looks back at stored events.</summary>
internal interface IEventHistory
{
    /// <summary>Lists events, newest first.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    /// <returns>A page. It costs a bounded amount of work, whatever is stored.</returns>
    Task<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>Finds one event.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    /// <returns>The event, or <see langword="null"/>.</returns>
    Task<StoredEvent?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Reads the bytes of one event.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    /// <returns>Body and headers, or <see langword="null"/>.</returns>
    Task<EventContent?> ReadAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Tells what each source has received.</summary>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    /// <returns>One row for each source that ever stored an event.</returns>
    Task<IReadOnlyList<SourceActivity>> SourcesAsync(CancellationToken cancellationToken);

    /// <summary>Makes sure that the store answers and can be written.</summary>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    /// <returns>What is wrong, in a sentence for a person, or <see langword="null"/>.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}
