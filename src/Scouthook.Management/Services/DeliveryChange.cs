using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>The outcome of a change to a delivery.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Delivery">The delivery after the change; <see langword="null"/> if there is none.</param>
internal readonly record struct DeliveryChange(DeliveryChangeOutcome Outcome, DeliveryView? Delivery);
