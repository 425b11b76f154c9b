using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Storage.Memory;

/// <summary>Stores the outcome of an attempt.</summary>
internal static class MemorySettle
{
    /// <param name="data">The data.</param>
    /// <param name="node">The node that settles.</param>
    /// <param name="settlement">The attempt.</param>
    /// <param name="held">The delivery, if its lease is still held.</param>
    public static SettleOutcome Settle(MemoryData data, NodeIdentity node, Settlement settlement, MemoryDelivery? held)
    {
        var lease = settlement.Lease;
        var time = data.Time;
        if (data.Deliveries.Find(delivery => delivery.Id == lease.DeliveryId) is not { } settled)
        {
            return SettleOutcome.LeaseExpired;
        }

        var change = DeliveryRules.After(settlement, settled.Endpoint.Live);
        Record(data, settled, settlement, change.State is DeliveryState.Delivered && (held is not null || data.Has(MemoryMistake.CountsLateSuccesses)));
        if (held is null)
        {
            return SettleOutcome.LeaseExpired;
        }

        held.State = change.State;
        held.Holds = change.Blocks && !(change.IsEnd && data.Has(MemoryMistake.PassesDeadLetters));
        held.DueAt = change.RetryAfter is { } wait && wait < DateTimeOffset.MaxValue - time.Steady ? time.Steady + wait : DateTimeOffset.MaxValue;
        held.Reason = change.Reason;
        held.SettledAt = change.IsEnd ? time.Now : null;
        held.EndedAt = time.Age;
        held.Attempts = Math.Max(held.Attempts, lease.Attempt);
        held.Lease = null;
        if (change.State is DeliveryState.DeadLettered && OperationalEvents.DeadLettered(lease, change.Reason, time.Now) is { } raised)
        {
            MemoryInbox.Raise(data, raised);
        }

        UpdateHealth(data, node, settlement, held.Endpoint);
        return SettleOutcome.Settled;
    }

    private static void Record(MemoryData data, MemoryDelivery settled, Settlement settlement, bool delivers)
    {
        if (settled.Made.Exists(made => made.Attempt.Number == settlement.Lease.Attempt) && !data.Has(MemoryMistake.RecordsAttemptsTwice))
        {
            return;
        }

        var made = new MemoryAttempt(new Attempt(settlement.Lease.Attempt, settlement.StartedAt, settlement.Result), delivers);
        settled.Made.Add(made);
        data.Log(null, settled, made);
    }

    private static void UpdateHealth(MemoryData data, NodeIdentity node, Settlement settlement, MemoryEndpoint endpoint)
    {
        if (EndpointHealthRule.After(endpoint.Live, settlement, data.Time) is not { } health)
        {
            return;
        }

        endpoint.Value = health.Endpoint;
        if (health.DisableReason is { } reason)
        {
            var changes = MemoryEndpointStore.Begin(data, node);
            EndpointEdits.SetState(changes, health.Endpoint.Id, EndpointState.Disabled, reason);
            MemoryEndpointStore.Write(data, changes);
        }

        if (health.IsUpAgain)
        {
            MemoryEndpointStore.MakeDue(data, endpoint, restartsSchedule: false);
        }
    }
}
