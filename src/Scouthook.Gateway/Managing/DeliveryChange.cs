using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>The outcome of a change to a delivery.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Delivery">The delivery as it is now; <see langword="null"/>: there is none.</param>
internal readonly record struct DeliveryChange(DeliveryChangeOutcome Outcome, Delivery? Delivery);
