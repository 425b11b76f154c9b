using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>How the deliveries of an event stand.</summary>
internal sealed record DeliveryCountsJson(int Pending, int Delivered, int DeadLettered, int Discarded)
{
    public static DeliveryCountsJson From(DeliveryCounts counts) =>
        new(counts.Pending, counts.Delivered, counts.DeadLettered, counts.Discarded);
}
