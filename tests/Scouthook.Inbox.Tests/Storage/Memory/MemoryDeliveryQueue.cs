using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemoryDeliveryQueue(MemoryData data, NodeIdentity node) : IDispatchStore, IDeliveryQueue
{
    private long _turn;

    public Task<DispatchOutcome> DispatchAsync() => data.RunAsync(() =>
    {
        var endpoints = data.Endpoints.Where(endpoint => data.Has(MemoryMistake.DeliversToDeletedEndpoints) || !endpoint.IsDeleted).ToList();
        var positions = endpoints.ToDictionary(endpoint => endpoint.Value.Id, endpoint => endpoint.Value.DispatchedThrough);
        var recipients = new EventRecipients(
        [
            .. endpoints.Select(endpoint => endpoint.Value)
                .Where(endpoint => endpoint.State is EndpointState.Enabled || !data.Has(MemoryMistake.SkipsPausedEndpoints)),
        ]);
        var round = new DispatchRound(recipients, positions, () => false);
        foreach (var range in DispatchRound.Ranges(positions.Values, data.NewestEvent, _turn++))
        {
            if (round.IsOver)
            {
                break;
            }

            var events = data.Events.Where(stored => stored.Sequence > range.Position && stored.Sequence <= range.Through)
                .Take(DispatchRound.MaxEvents).Select(stored => stored.Routed).ToList();
            foreach (var step in round.Plan(range, events))
            {
                Take(endpoints, step);
            }
        }

        return new DispatchOutcome(round.Deliveries, positions.Values.Any(position => position < data.NewestEvent));
    });

    public Task<int> RecoverAsync() => data.RunAsync(() => Expire(all: node.IsAlone || data.Has(MemoryMistake.RecoversLeasesOfOthers)));

    public Task<int> ExpireLeasesAsync() => data.RunAsync(() => Expire(all: false));

    public Task<LeasedBatch> LeaseAsync(Guid endpointId, int max, int started, TimeSpan duration) => data.RunAsync(() =>
    {
        if (data.FindLive(endpointId) is not { Value.State: EndpointState.Enabled } endpoint)
        {
            return new LeasedBatch([], null);
        }

        var now = data.Time.Steady;
        var leased = Leasable(endpoint).Where(delivery => delivery.DueAt <= now)
            .OrderBy(delivery => delivery.DueAt).ThenBy(delivery => delivery.Row).Take(max)
            .OrderBy(delivery => delivery.Row).ToList();
        foreach (var (index, delivery) in leased.Index())
        {
            delivery.State = DeliveryState.Leased;
            delivery.Lease = new MemoryLeaseClaim(Some.Id());
            delivery.LeasedUntil = now + duration;
            delivery.IsStarted = index < started || data.Has(MemoryMistake.CountsUnstartedLeases);
            delivery.Attempts += delivery.IsStarted ? 1 : 0;
        }

        var next = Leasable(endpoint).Min(delivery => (DateTimeOffset?)delivery.DueAt);
        return new LeasedBatch([.. leased.Select((delivery, index) => ToLease(delivery, index < started))], next - now);
    });

    public Task<IReadOnlyList<DeliveryLease>> StartAsync(IReadOnlyList<DeliveryLease> leases, TimeSpan duration) =>
        data.RunAsync<IReadOnlyList<DeliveryLease>>(() =>
        {
            var started = new List<DeliveryLease>();
            foreach (var lease in leases)
            {
                if (Held(lease) is not { } delivery)
                {
                    started.AddRange(data.Has(MemoryMistake.StartsLostLeases) ? [lease with { IsStarted = true }] : []);
                    continue;
                }

                delivery.Attempts = lease.Attempt;
                delivery.IsStarted = true;
                delivery.LeasedUntil = data.Has(MemoryMistake.DoesNotExtendLeases) ? delivery.LeasedUntil : data.Time.Steady + duration;
                started.Add(lease with { IsStarted = true });
            }

            return started;
        });

    public Task<SettleOutcome> SettleAsync(Settlement settlement) => data.RunAsync(() => MemorySettle.Settle(data, node, settlement, Held(settlement.Lease)));

    public Task<int> PullBackAsync(TimeSpan longest, CancellationToken cancellationToken) => data.RunAsync(() =>
    {
        var now = data.Time.Steady;
        var late = data.Deliveries.Where(delivery => delivery.State is DeliveryState.Pending && delivery.DueAt - now > longest).ToList();
        late.ForEach(delivery => delivery.DueAt = now);
        return late.Count;
    });

    public Task ReleaseAsync(DeliveryLease lease) => data.RunAsync(() =>
    {
        if (Held(lease) is { } delivery)
        {
            delivery.Attempts -= delivery.IsStarted ? 1 : 0;
            EndLease(delivery);
        }

        return true;
    });

    public Task<IReadOnlyList<Guid>> FindDueAsync(CancellationToken cancellationToken) => data.RunAsync<IReadOnlyList<Guid>>(() =>
    {
        var now = data.Time.Steady;
        return
        [
            .. data.LiveEndpoints
                .Where(endpoint => endpoint.Value.State is EndpointState.Enabled && Leasable(endpoint).Any(delivery => delivery.DueAt <= now))
                .Select(endpoint => endpoint.Value.Id),
        ];
    });

    /// <summary>Adds a delivery behind all others.</summary>
    public static MemoryDelivery Add(MemoryData data, MemoryEndpoint endpoint, MemoryEvent stored, MemoryReplay? replay)
    {
        var time = data.Time;
        var added = new MemoryDelivery
        {
            Row = ++data.LastDelivery,
            Id = Guid.CreateVersion7(time.Now),
            Event = stored,
            Endpoint = endpoint,
            OrderingKey = stored.Routed.OrderingKeyFor(endpoint.Value),
            CreatedAt = time.Now,
            DueAt = time.Steady,
            Replay = replay,
        };
        data.Deliveries.Add(added);
        return added;
    }

    /// <summary>Returns whether another delivery of its ordering key goes first.</summary>
    public static bool IsBlocked(MemoryData data, MemoryDelivery delivery) => delivery.OrderingKey is not null
        && data.Deliveries.Exists(other => other.OrderingKey == delivery.OrderingKey && Blocks(other, delivery));

    public static void Discard(MemoryData data, MemoryDelivery delivery)
    {
        delivery.State = DeliveryState.Discarded;
        delivery.Holds = false;
        delivery.SettledAt = data.Time.Now;
    }

    private static bool Blocks(MemoryDelivery other, MemoryDelivery delivery) =>
        other != delivery
        && other.Endpoint == delivery.Endpoint
        && other.Holds
        && (other.Row < delivery.Row || other.State is DeliveryState.Leased);

    private static DeliveryLease ToLease(MemoryDelivery delivery, bool isStarted)
    {
        var attempt = delivery.Attempts + (delivery.IsStarted ? 0 : 1);
        return new DeliveryLease
        {
            DeliveryId = delivery.Id,
            Endpoint = delivery.Endpoint.Value,
            Claim = delivery.Lease,
            Attempt = attempt,
            AttemptSinceReopened = attempt - delivery.Earlier,
            IsStarted = isStarted,
            Replay = delivery.Replay?.Value.Id,
            Event = delivery.Event.Stored,
            Body = delivery.Event.Body,
            Headers = delivery.Event.Headers,
        };
    }

    /// <summary>Returns the pending deliveries of an endpoint that wait for no other.</summary>
    private IEnumerable<MemoryDelivery> Leasable(MemoryEndpoint endpoint)
    {
        var byKey = data.Deliveries.Where(delivery => delivery.Endpoint == endpoint && delivery.Holds).ToLookup(delivery => delivery.OrderingKey);
        return data.Deliveries.Where(delivery => delivery.Endpoint == endpoint
            && delivery.State is DeliveryState.Pending
            && (delivery.OrderingKey is null
                || data.Has(MemoryMistake.LeasesOutOfOrder)
                || !byKey[delivery.OrderingKey].Any(other => Blocks(other, delivery))));
    }

    private MemoryDelivery? Held(DeliveryLease lease) => data.Deliveries.Find(delivery =>
        delivery.State is DeliveryState.Leased
        && delivery.Id == lease.DeliveryId
        && (delivery.Lease == lease.Claim || data.Has(MemoryMistake.AcceptsLateSettlements)));

    private int Expire(bool all)
    {
        var now = data.Time.Steady;
        var expired = data.Deliveries
            .Where(delivery => delivery.State is DeliveryState.Leased && (all || delivery.LeasedUntil <= now)).ToList();
        foreach (var delivery in expired)
        {
            delivery.Attempts -= delivery.IsStarted && data.Has(MemoryMistake.ForgetsExpiredAttempts) ? 1 : 0;
            EndLease(delivery);
        }

        return expired.Count;
    }

    private void EndLease(MemoryDelivery delivery)
    {
        delivery.Lease = null;
        if (delivery.Endpoint.IsDeleted)
        {
            Discard(data, delivery);
            return;
        }

        delivery.State = DeliveryState.Pending;
        delivery.DueAt = data.Time.Steady;
    }

    private void Take(List<MemoryEndpoint> endpoints, DispatchStep step)
    {
        switch (step)
        {
            case DispatchStep.Deliver(var recipient, var routed):
                Add(data, Find(recipient.Id), data.Events.Find(stored => stored.Sequence == routed.Sequence)!, replay: null);
                break;
            case DispatchStep.AdvanceAll(var from, var to):
                endpoints.Where(endpoint => endpoint.Value.DispatchedThrough == from).ToList().ForEach(endpoint => Advance(endpoint, to));
                break;
            case DispatchStep.Advance(var id, var to):
                Advance(Find(id), to);
                break;
        }

        MemoryEndpoint Find(Guid id) => endpoints.Find(endpoint => endpoint.Value.Id == id)!;

        static void Advance(MemoryEndpoint endpoint, long to) => endpoint.Value = endpoint.Value with { DispatchedThrough = to };
    }
}
