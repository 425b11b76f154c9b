using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>An event with what belongs to it, but for its body.</summary>
/// <param name="Event">The event.</param>
/// <param name="Headers">The headers it came with: JSON, an array of [name, value].</param>
/// <param name="Counts">How its deliveries stand.</param>
/// <param name="Deliveries">The newest of them, newest first.</param>
internal sealed record EventDetail(
    StoredEvent Event, string Headers, DeliveryCounts Counts, IReadOnlyList<Delivery> Deliveries);
