using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>The number of deliveries of an event in each state.</summary>
internal sealed record DeliveryCountsView(int Pending, int Delivered, int DeadLettered, int Discarded)
{
    public static DeliveryCountsView From(DeliveryCounts counts) =>
        new(counts.Pending, counts.Delivered, counts.DeadLettered, counts.Discarded);
}
