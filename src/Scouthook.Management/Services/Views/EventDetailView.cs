using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>An event with its request headers.</summary>
internal sealed record EventDetailView : EventView
{
    [SetsRequiredMembers]
    public EventDetailView(EventView stored, IReadOnlyList<HeaderView> headers, IReadOnlyList<DeliveryView> newest)
        : base(stored)
    {
        Headers = headers;
        DeliveryList = newest;
    }

    /// <summary>
    /// The request's headers in the order received; for viewers, only those that cannot contain a secret.
    /// </summary>
    public required IReadOnlyList<HeaderView> Headers { get; init; }

    /// <summary>Its deliveries, newest first, at most 100; <c>GET deliveries?event=</c> lists all.</summary>
    public required IReadOnlyList<DeliveryView> DeliveryList { get; init; }

    public override object ForViewers() => new EventDetailView(
        WithoutBodies(), [.. Headers.Where(header => ViewerHeaders.Includes(header.Name))], [.. DeliveryList.Select(delivery => (DeliveryView)delivery.ForViewers())]);

    /// <param name="stored">The event.</param>
    /// <param name="headers">Its request headers: a JSON array of [name, value].</param>
    /// <param name="counts">The number of its deliveries in each state.</param>
    /// <param name="newest">Its newest deliveries, newest first.</param>
    public static EventDetailView From(
        StoredEvent stored, string headers, DeliveryCounts counts, IReadOnlyList<Delivery> newest)
    {
        using var pairs = JsonDocument.Parse(headers);
        return new EventDetailView(
            From(stored, counts),
            [
                .. pairs.RootElement.EnumerateArray()
                    .Select(pair => new HeaderView(pair[0].GetString()!, pair[1].GetString()!)),
            ],
            [.. newest.Select(DeliveryView.From)]);
    }
}
