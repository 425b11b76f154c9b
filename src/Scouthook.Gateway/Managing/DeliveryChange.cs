using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>What became of a change to a delivery.</summary>
/// <param name="IsDone">Whether it was made: the state may not have allowed it.</param>
/// <param name="Delivery">The delivery as it is now; <see langword="null"/>: there is none.</param>
internal readonly record struct DeliveryChange(bool IsDone, Delivery? Delivery);
