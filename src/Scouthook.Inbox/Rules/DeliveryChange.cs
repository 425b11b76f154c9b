using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>The next state of a delivery.</summary>
/// <param name="State">Its new state.</param>
/// <param name="Blocks">Whether later deliveries of the same ordering key wait for it.</param>
/// <param name="RetryAfter">How long until the next attempt; only for a pending delivery.</param>
/// <param name="Reason">Why it becomes a dead letter.</param>
internal readonly record struct DeliveryChange(DeliveryState State, bool Blocks, TimeSpan? RetryAfter, string? Reason)
{
    /// <summary>True if nothing happens to it any more by itself.</summary>
    public bool IsEnd => State is not DeliveryState.Pending;
}
