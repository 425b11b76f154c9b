using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>The number of deliveries of an event in each state.</summary>
/// <param name="Pending">Still to be delivered, including those being attempted.</param>
/// <param name="Delivered">Delivered.</param>
/// <param name="DeadLettered">Given up after the last attempt.</param>
/// <param name="Discarded">Discarded by a person, or because their endpoint was deleted.</param>
internal sealed record DeliveryCountsView(int Pending, int Delivered, int DeadLettered, int Discarded)
{
    public static DeliveryCountsView From(DeliveryCounts counts) =>
        new(counts.Pending, counts.Delivered, counts.DeadLettered, counts.Discarded);
}
