using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Reads deliveries and their attempts.</summary>
internal interface IDeliveryHistory
{
    /// <summary>Lists deliveries, newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    Task<Page<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken);

    Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Lists the attempts of a delivery, in order of their numbers.</summary>
    Task<IReadOnlyList<Attempt>> AttemptsAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Counts the deliveries of some events; an event without any is left out.</summary>
    Task<IReadOnlyDictionary<long, DeliveryCounts>> CountAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);
}
