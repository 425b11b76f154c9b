namespace Scouthook.Inbox.Model;

/// <summary>A page of deliveries, newest first.</summary>
/// <param name="Deliveries">The deliveries.</param>
/// <param name="Next">What to ask for next; <see langword="null"/>: nothing is left.</param>
internal sealed record DeliveryPage(IReadOnlyList<Delivery> Deliveries, long? Next);
