using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>What people may see of what was received.</summary>
internal sealed class EventDesk(IEventHistory events, IDeliveryHistory deliveries)
{
    private const int MostDeliveries = 100;

    /// <summary>A page of events, newest first.</summary>
    public Task<EventPage> ListAsync(Caller caller, EventQuery query, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);

        // A preview is part of a body: who may not read bodies must not find out by searching what is in one.
        return events.ListAsync(query with { WithoutPreviews = !caller.May(ApiRole.Operator) }, cancellationToken);
    }

    /// <summary>How the deliveries of some events stand; an event without any is left out.</summary>
    public Task<IReadOnlyDictionary<long, DeliveryCounts>> CountAsync(
        Caller caller, IReadOnlyList<StoredEvent> page, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return deliveries.CountAsync([.. page.Select(it => it.Sequence)], cancellationToken);
    }

    /// <returns><see langword="null"/>: there is none.</returns>
    public async Task<EventDetail?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        if (await events.FindAsync(id, cancellationToken) is not { } stored
            || await events.ReadAsync(id, cancellationToken) is not { } content)
        {
            return null;
        }

        var counts = await deliveries.CountAsync([stored.Sequence], cancellationToken);
        var newest = await deliveries.ListAsync(
            new DeliveryQuery { EventId = id, Limit = MostDeliveries }, cancellationToken);
        return new EventDetail(
            stored, content.Headers, counts.GetValueOrDefault(stored.Sequence), newest.Deliveries);
    }

    /// <summary>The bytes as they were received.</summary>
    /// <returns><see langword="null"/>: there is no such event.</returns>
    public async Task<byte[]?> ReadBodyAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        return (await events.ReadAsync(id, cancellationToken))?.Body;
    }
}
