using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>The facts of a stored event that decide who gets it, and in which order.</summary>
/// <param name="Sequence">The sequence of the event.</param>
/// <param name="Source">The name of its source.</param>
/// <param name="EventType">The event name; empty for an event without one.</param>
/// <param name="State">How well it could be read.</param>
/// <param name="MailboxId">Its inbox in Help Scout, if it names one.</param>
/// <param name="OrderingKey">
/// Identifies the deliveries that keep their relative order, see <see cref="Model.OrderingKey"/>; <see langword="null"/>
/// for an event without a resource.
/// </param>
/// <param name="TraceParent">Its trace, see <see cref="EventTrace"/>; <see langword="null"/> if nobody asks for it.</param>
internal sealed record RoutedEvent(
    long Sequence,
    string Source,
    string EventType,
    EventState State,
    long? MailboxId,
    long? OrderingKey,
    string? TraceParent = null)
{
    /// <summary>True if Scouthook itself raised it.</summary>
    public bool IsOperational => Source == OperationalEvent.Source;

    /// <summary>Returns the ordering key of its delivery to an endpoint.</summary>
    public long? OrderingKeyFor(WebhookEndpoint endpoint) =>
        endpoint.Definition.Ordering is EndpointOrdering.None ? null : OrderingKey;
}
