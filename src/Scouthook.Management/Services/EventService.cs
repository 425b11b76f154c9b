using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Disclosure;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>Lists and shows received events.</summary>
internal sealed class EventService(IEventHistory events, IDeliveryHistory deliveries)
{
    private const int MaxDeliveries = 100;

    /// <summary>Lists events, newest first.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="query">The filters and the page.</param>
    /// <param name="withDeliveries">Whether to count the deliveries of each event.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<PageView<EventView>> ListAsync(
        Caller caller, EventQuery query, bool withDeliveries, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);

        // A preview is part of a body: a caller who may not read bodies must not find out their content by searching.
        var page = await events.ListAsync(query with { AsViewer = !caller.May(ApiRole.Operator) }, cancellationToken);
        var counts = withDeliveries
            ? await deliveries.CountAsync([.. page.Items.Select(stored => stored.Sequence)], cancellationToken)
            : new Dictionary<long, DeliveryCounts>();
        return page.Select(stored => EventView.From(stored, counts.GetValueOrDefault(stored.Sequence)).For(caller));
    }

    /// <summary>Finds an event, with its headers and newest deliveries.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public async Task<EventDetailView?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        if (await events.FindAsync(id, cancellationToken) is not { } stored
            || await events.ReadAsync(id, cancellationToken) is not { } content)
        {
            return null;
        }

        var counts = await deliveries.CountAsync([stored.Sequence], cancellationToken);
        var newest = await deliveries.ListAsync(
            new DeliveryQuery { EventId = id, Limit = MaxDeliveries }, cancellationToken);
        return EventDetailView
            .From(stored, content.Headers, counts.GetValueOrDefault(stored.Sequence), newest.Items)
            .For(caller);
    }

    /// <summary>Reads the bytes of an event as received.</summary>
    /// <returns><see langword="null"/> if there is no such event.</returns>
    public async Task<byte[]?> ReadBodyAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Operator);
        return (await events.ReadAsync(id, cancellationToken))?.Body;
    }
}
