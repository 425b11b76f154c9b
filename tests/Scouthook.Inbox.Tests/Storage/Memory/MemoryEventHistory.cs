using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemoryEventHistory(MemoryData data) : IEventHistory
{
    private const int Step = 10_000;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(25);

    public Task<Page<StoredEvent>> ListAsync(EventQuery query, CancellationToken cancellationToken) => data.RunAsync(() =>
    {
        var started = data.TimeProvider.GetTimestamp();
        var position = MemoryCursor.Read(data, query.Cursor);
        if (data.Has(MemoryMistake.PagesByOffset))
        {
            return ListByOffset(query, (int)(position ?? 0));
        }

        var found = new List<StoredEvent>();
        foreach (var some in Enumerable.Reverse(data.Events).Where(stored => !(stored.Sequence >= position)).Chunk(Step))
        {
            found.AddRange(some.Where(stored => Matches(query, stored)).Select(stored => stored.Stored));
            if (found.Count > query.Limit)
            {
                var last = data.Has(MemoryMistake.LosesAtPageEnds) ? query.Limit : query.Limit - 1;
                return new Page<StoredEvent>(found.GetRange(0, query.Limit), PositionCursor.Write(found[last].Sequence));
            }

            if (some[^1] != data.Events[0] && data.TimeProvider.GetElapsedTime(started) > Budget)
            {
                return new Page<StoredEvent>(found, PositionCursor.Write(some[^1].Sequence));
            }
        }

        return new Page<StoredEvent>(found, null);
    });

    public Task<StoredEvent?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        data.RunAsync(() => data.Events.Find(stored => stored.Stored.Id == id)?.Stored);

    public Task<EventContent?> ReadAsync(Guid id, CancellationToken cancellationToken) => data.RunAsync(() =>
        data.Events.Find(stored => stored.Stored.Id == id) is { } found ? new EventContent([.. found.Body], found.Headers) : null);

    public Task<IReadOnlyList<SourceActivity>> SourcesAsync(CancellationToken cancellationToken) =>
        data.RunAsync<IReadOnlyList<SourceActivity>>(() =>
        [
            .. data.Sources.Select(source => data.Events.FindLast(stored => stored.Stored.Source == source) is { } newest
                ? new SourceActivity(source, newest.Stored.ReceivedAt, newest.Sequence)
                : new SourceActivity(source, null, null)),
        ]);

    private Page<StoredEvent> ListByOffset(EventQuery query, int offset)
    {
        var found = Enumerable.Reverse(data.Events).Where(stored => Matches(query, stored)).Select(stored => stored.Stored)
            .Skip(offset).Take(query.Limit + 1).ToList();
        return found.Count > query.Limit
            ? new Page<StoredEvent>(found.GetRange(0, query.Limit), PositionCursor.Write(offset + query.Limit))
            : new Page<StoredEvent>(found, null);
    }

    private bool Matches(EventQuery query, MemoryEvent listed)
    {
        var stored = listed.Stored;
        var types = new EventTypeFilter(query.EventTypes);
        return (!types.IsSelective || types.Matches(stored.EventType))
            && (stored.Source != OperationalEvent.Source || types.ShowsOperational(query.Source))
            && (query.Source is null || stored.Source == query.Source)
            && (query.Resource is null || stored.Facts.Resource == query.Resource)
            && (query.MailboxId is null || stored.Facts.MailboxId == query.MailboxId)
            && (query.State is null || stored.Facts.State == query.State)
            && !(stored.ReceivedAt < query.Since)
            && !(stored.ReceivedAt >= query.Until)
            && (query.Text?.Trim() is not { Length: > 0 } text || new SearchText(text, query.AsViewer).Matches(stored))
            && (query.DeliveryState is not { } state || HasDelivery(listed, state));
    }

    private bool HasDelivery(MemoryEvent stored, DeliveryState state) => data.Deliveries.Exists(delivery => delivery.Event == stored
        && state switch
        {
            DeliveryState.Pending => delivery.State is DeliveryState.Pending or DeliveryState.Leased,
            DeliveryState.DeadLettered => delivery is { State: DeliveryState.DeadLettered, ReplacedBy: null },
            _ => delivery.State == state,
        });
}
