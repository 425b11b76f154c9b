using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemoryEndpointStore(MemoryData data, NodeIdentity node) : IEndpointStore
{
    private List<WebhookEndpoint>? _cached;

    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken) =>
        data.RunAsync<IReadOnlyList<WebhookEndpoint>>(() => All());

    public Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        data.RunAsync(() => All().Find(endpoint => endpoint.Id == id));

    public Task<T> ChangeAsync<T>(Func<EndpointChanges, T> change) => data.RunAsync(() =>
    {
        // As if the first transaction was rolled back: a change has no side effects.
        change(Begin(data, node));
        var changes = Begin(data, node);
        var result = change(changes);
        Write(data, changes);
        _cached = null;
        return result;
    });

    public static EndpointChanges Begin(MemoryData data, NodeIdentity node) => new(
        data.LiveEndpoints.Select(endpoint => endpoint.Value),
        data.Declarations,
        data.Has(MemoryMistake.AppliesOlderDeclarations) ? node with { IsAlone = true } : node,
        data.Time.Now,
        start => PositionOf(data, start));

    public static void Write(MemoryData data, EndpointChanges changes)
    {
        foreach (var declared in changes.Declared)
        {
            data.Declarations.RemoveAll(known => known.Origin == declared.Origin && known.Fingerprint == declared.Fingerprint);
            data.Declarations.Add(declared);
        }

        data.Endpoints.AddRange(changes.Added.Select(added => new MemoryEndpoint { Value = added }));
        foreach (var (before, after) in changes.Changed)
        {
            var changed = data.FindLive(after.Id)!;
            changed.Value = after;
            if (EndpointChanges.Unblocks(before, after))
            {
                Of(data, changed).Where(delivery => delivery.State is DeliveryState.DeadLettered).ToList()
                    .ForEach(delivery => delivery.Holds = false);
            }
        }

        foreach (var removed in changes.Removed)
        {
            Remove(data, data.FindLive(removed.Id)!);
        }

        foreach (var endpoint in changes.Due.Select(data.FindLive))
        {
            MakeDue(data, endpoint, restartsSchedule: true);
        }

        foreach (var raised in changes.Raised)
        {
            MemoryInbox.Raise(data, raised);
        }

        foreach (var entry in changes.Audit.Where(_ => !data.Has(MemoryMistake.ForgetsAudit)))
        {
            data.Record(entry);
        }
    }

    /// <summary>Makes all pending deliveries of an endpoint due, the oldest first.</summary>
    public static void MakeDue(MemoryData data, MemoryEndpoint? endpoint, bool restartsSchedule)
    {
        var now = data.Time.Steady;
        foreach (var delivery in Of(data, endpoint).Where(delivery => delivery.State is DeliveryState.Pending && delivery.DueAt > now))
        {
            delivery.DueAt = delivery.CreatedAt < now ? delivery.CreatedAt : now;
            delivery.Earlier = restartsSchedule ? delivery.Attempts : delivery.Earlier;
        }
    }

    private static IEnumerable<MemoryDelivery> Of(MemoryData data, MemoryEndpoint? endpoint) =>
        data.Deliveries.Where(delivery => delivery.Endpoint == endpoint);

    private static void Remove(MemoryData data, MemoryEndpoint removed)
    {
        removed.IsDeleted = true;
        foreach (var delivery in Of(data, removed).Where(delivery => delivery.State is DeliveryState.Pending))
        {
            MemoryDeliveryQueue.Discard(data, delivery);
        }
    }

    private static long PositionOf(MemoryData data, StartPosition start) => start.Kind switch
    {
        StartKind.Beginning => 0,
        StartKind.Instant => data.Events.Find(stored => stored.Stored.ReceivedAt >= start.Since)?.Sequence - 1 ?? data.NewestEvent,
        _ => data.NewestEvent,
    };

    private List<WebhookEndpoint> All()
    {
        if (_cached is null || !data.Has(MemoryMistake.CachesEndpoints))
        {
            _cached = [.. data.LiveEndpoints.Select(endpoint => endpoint.Value)];
        }

        return [.. _cached];
    }
}
