using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Scheduling;

/// <summary>The next state of a delivery after an attempt.</summary>
/// <param name="State">Delivered, pending or dead-lettered.</param>
/// <param name="RetryAfter">How long until the next attempt; only for a pending delivery.</param>
/// <param name="Reason">Why it becomes a dead letter.</param>
internal readonly record struct AttemptDecision(DeliveryState State, TimeSpan? RetryAfter = null, string? Reason = null)
{
    public static AttemptDecision DeadLetter(string reason) => new(DeliveryState.DeadLettered, Reason: reason);
}
