using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemoryDeliveryHistory(MemoryData data) : IDeliveryHistory
{
    public Task<Page<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) => data.RunAsync(() =>
    {
        var page = MemoryCursor.Page(
            data, data.Deliveries.Where(delivery => Matches(query, delivery)).Select(delivery => (delivery.Row, delivery)), query.Cursor, query.Limit);
        return new Page<Delivery>([.. page.Items.Select(delivery => ToDelivery(data, delivery))], page.Next);
    });

    public Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken) => data.RunAsync(() =>
        data.Deliveries.Find(delivery => delivery.Id == id) is { } found ? ToDelivery(data, found) : null);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(Guid id, CancellationToken cancellationToken) =>
        data.RunAsync<IReadOnlyList<Attempt>>(() =>
        [
            .. data.Deliveries.Where(delivery => delivery.Id == id).SelectMany(delivery => delivery.Made)
                .Select(made => made.Attempt).OrderBy(attempt => attempt.Number),
        ]);

    public Task<IReadOnlyDictionary<long, DeliveryCounts>> CountAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        data.RunAsync<IReadOnlyDictionary<long, DeliveryCounts>>(() => data.Deliveries
            .Where(delivery => sequences.Contains(delivery.Event.Sequence))
            .Where(delivery => delivery is not { State: DeliveryState.DeadLettered, ReplacedBy: not null })
            .GroupBy(delivery => delivery.Event.Sequence)
            .ToDictionary(group => group.Key, group => new DeliveryCounts(
                group.Count(delivery => delivery.State is DeliveryState.Pending or DeliveryState.Leased),
                group.Count(delivery => delivery.State is DeliveryState.Delivered),
                group.Count(delivery => delivery.State is DeliveryState.DeadLettered),
                group.Count(delivery => delivery.State is DeliveryState.Discarded))));

    public static Delivery ToDelivery(MemoryData data, MemoryDelivery delivery) => new()
    {
        Id = delivery.Id,
        EventId = delivery.Event.Stored.Id,
        EventType = delivery.Event.Stored.EventType,
        Title = delivery.Event.Stored.Facts.Title,
        TitleIsPreview = delivery.Event.Stored.Facts.TitleIsPreview,
        EndpointId = delivery.Endpoint.Value.Id,
        EndpointName = delivery.Endpoint.Value.Name,
        State = delivery.State,
        StateReason = delivery.Reason,
        Attempts = delivery.Attempts,
        NextAttemptAt = delivery.State is DeliveryState.Pending && !MemoryDeliveryQueue.IsBlocked(data, delivery)
            ? delivery.DueAt + data.Clock.Offset
            : null,
        LastError = delivery.Made.MaxBy(made => made.Attempt.Number)?.Attempt.Result.Error,
        CreatedAt = delivery.CreatedAt,
        SettledAt = delivery.SettledAt,
        Replay = delivery.Replay?.Value.Id,
        ReplacedBy = delivery.ReplacedBy?.Id,
    };

    private static bool Matches(DeliveryQuery query, MemoryDelivery delivery) =>
        (query.EndpointId is null || delivery.Endpoint.Value.Id == query.EndpointId)
        && (query.State is null || delivery.State == query.State)
        && (query.EventId is null || delivery.Event.Stored.Id == query.EventId)
        && MatchesType(query.EventTypes, delivery.Event.Stored)
        && !(delivery.CreatedAt < query.Since)
        && !(delivery.CreatedAt >= query.Until);

    private static bool MatchesType(IReadOnlyList<string> patterns, StoredEvent stored)
    {
        var types = new EventTypeFilter(patterns);
        return types.IncludesEverything ? stored.Source != OperationalEvent.Source : !types.IsSelective || types.Matches(stored.EventType);
    }
}
