namespace Scouthook.Inbox.Model;

/// <summary>A page of deliveries, newest first.</summary>
/// <param name="Deliveries">The deliveries.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> if there is none.</param>
internal sealed record DeliveryPage(IReadOnlyList<Delivery> Deliveries, long? Next);
