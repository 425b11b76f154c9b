using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemoryReplayStore(MemoryData data) : IReplayStore
{
    private const int MaxItems = 150;

    public Task<DeliveryChangeOutcome> RetryAsync(Guid deliveryId, AuditEntry? audit = null) =>
        ChangeAsync(
            deliveryId,
            audit,
            delivery => DeliveryRules.Retry(
                delivery.State,
                delivery.ReplacedBy is not null,
                !delivery.Endpoint.IsDeleted,
                MemoryDeliveryQueue.IsBlocked(data, delivery) ? null : delivery.DueAt - data.Time.Steady),
            delivery =>
            {
                delivery.State = DeliveryState.Pending;
                delivery.Holds = true;
                delivery.Earlier = delivery.Attempts;
                delivery.Reason = null;
                delivery.SettledAt = null;
                delivery.DueAt = data.Time.Steady;
            });

    public Task<DeliveryChangeOutcome> DiscardAsync(Guid deliveryId, AuditEntry? audit = null) =>
        ChangeAsync(
            deliveryId,
            audit,
            delivery => DeliveryRules.Discard(delivery.State, delivery.ReplacedBy is not null),
            delivery => MemoryDeliveryQueue.Discard(data, delivery));

    public Task<ReplayResult> CreateAsync(ReplayRequest request, Func<Replay, AuditEntry>? audit = null) => data.RunAsync(() =>
    {
        if (request.EndpointId is { } endpoint && data.FindLive(endpoint) is null)
        {
            return new ReplayResult(ReplayOutcome.EndpointNotFound);
        }

        if (request.EventId is { } id && !data.Events.Exists(stored => stored.Stored.Id == id))
        {
            return new ReplayResult(ReplayOutcome.EventNotFound);
        }

        var now = data.Time.Now;
        var positions = Items(request).Select(item => item.Position).DefaultIfEmpty(1).ToList();
        var added = new MemoryReplay
        {
            Value = new Replay
            {
                Id = Guid.CreateVersion7(now),
                Request = request,
                State = ReplayState.Running,
                Progress = 0,
                Added = 0,
                CreatedAt = now,
            },
            Start = positions[0] - 1,
            Position = positions[0] - 1,
            Through = positions[^1],
        };
        data.Replays.Add(added);
        data.Record(audit?.Invoke(added.Value));
        return new ReplayResult(ReplayOutcome.Done, added.Value);
    });

    public Task<StepOutcome> StepAsync() => data.RunAsync(() =>
    {
        if (data.Replays.Find(replay => replay.Value.State is ReplayState.Running) is not { } running)
        {
            return StepOutcome.Finished;
        }

        var request = running.Value.Request;
        var recipients = new EventRecipients([.. data.LiveEndpoints.Select(endpoint => endpoint.Value)]);
        var items = Items(request)
            .Where(item => item.Position > running.Position && item.Position <= running.Through).Take(MaxItems).ToList();
        var added = items.Sum(item => recipients.OfReplay(request, item.Event.Routed)
            .Count(endpoint => TryAdd(running, data.FindLive(endpoint.Id)!, item.Event)));
        running.Position = items.Count < MaxItems ? running.Through : items[^1].Position;
        var isDone = running.Position >= running.Through;
        running.Value = running.Value with
        {
            State = isDone ? ReplayState.Done : ReplayState.Running,
            EndedAt = isDone ? data.Time.Now : null,
            Added = running.Value.Added + added,
            Progress = isDone ? 1 : (double)(running.Position - running.Start) / (running.Through - running.Start),
        };
        return StepOutcome.MoreToDo;
    });

    public Task<ReplayResult> StopAsync(Guid id, AuditEntry? audit = null) => data.RunAsync(() =>
    {
        if (data.Replays.Find(replay => replay.Value.Id == id) is not { } found)
        {
            return new ReplayResult(ReplayOutcome.NotFound);
        }

        if (found.Value.State is not ReplayState.Running)
        {
            return new ReplayResult(ReplayOutcome.AlreadyEnded, found.Value);
        }

        found.Value = found.Value with { State = ReplayState.Stopped, EndedAt = data.Time.Now };
        data.Record(audit);
        return new ReplayResult(ReplayOutcome.Done, found.Value);
    });

    public Task<Replay?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        data.RunAsync(() => data.Replays.Find(replay => replay.Value.Id == id)?.Value);

    public Task<Page<Replay>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken) => data.RunAsync(() =>
        MemoryCursor.Page(data, data.Replays.Select((replay, index) => (index + 1L, replay.Value)), cursor, limit));

    private Task<DeliveryChangeOutcome> ChangeAsync(
        Guid id, AuditEntry? audit, Func<MemoryDelivery, DeliveryChangeOutcome> decide, Action<MemoryDelivery> change) => data.RunAsync(() =>
    {
        if (data.Deliveries.Find(delivery => delivery.Id == id) is not { } found)
        {
            return DeliveryChangeOutcome.NotFound;
        }

        var outcome = decide(found);
        if (outcome is DeliveryChangeOutcome.Done)
        {
            change(found);
        }

        data.Record(outcome is DeliveryChangeOutcome.Done || data.Has(MemoryMistake.RecordsRefusals) ? audit : null);
        return outcome;
    });

    /// <summary>Returns everything that a replay includes, with its position.</summary>
    private IEnumerable<(long Position, MemoryEvent Event)> Items(ReplayRequest request) => request.DeadLetters
        ? data.Deliveries
            .Where(delivery => delivery is { State: DeliveryState.DeadLettered, ReplacedBy: null } && delivery.Endpoint.Value.Id == request.EndpointId)
            .Select(delivery => (delivery.Row, delivery.Event))
        : data.Events.Where(stored => Matches(request, stored)).Select(stored => (stored.Sequence, stored));

    private static bool Matches(ReplayRequest request, MemoryEvent replayed)
    {
        var stored = replayed.Stored;
        return EventRecipients.Includes(request, replayed.Routed)
            && (request.EventId is null || stored.Id == request.EventId)
            && (request.Source is null || stored.Source == request.Source)
            && (request.ResourceKind is not { } kind || stored.Facts.Resource == new ResourceReference(kind, request.ResourceId!))
            && (request.MailboxId is null || stored.Facts.MailboxId == request.MailboxId)
            && (request.State is null || stored.Facts.State == request.State)
            && !(stored.ReceivedAt < request.Since)
            && !(stored.ReceivedAt >= request.Until);
    }

    private bool TryAdd(MemoryReplay replay, MemoryEndpoint endpoint, MemoryEvent stored)
    {
        var replaced = data.Deliveries.FindAll(delivery => delivery.Event == stored && delivery.Endpoint == endpoint
            && delivery is { State: DeliveryState.DeadLettered, ReplacedBy: null });
        if (replay.Value.Request.DeadLetters && replaced.Count == 0)
        {
            return false;
        }

        var added = MemoryDeliveryQueue.Add(data, endpoint, stored, replay);
        foreach (var deadLetter in replaced)
        {
            deadLetter.Holds = false;
            deadLetter.ReplacedBy = added;
        }

        return true;
    }
}
