using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Scouthook.Gateway.Api.Disclosing;
using Scouthook.Gateway.Managing;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>An event with the headers it came with.</summary>
internal sealed record EventDetailJson : EventJson
{
    [SetsRequiredMembers]
    private EventDetailJson(EventJson stored, IReadOnlyList<HeaderJson> headers, IReadOnlyList<DeliveryJson> newest)
        : base(stored)
    {
        Headers = headers;
        DeliveryList = newest;
    }

    /// <summary>The request's headers in the order received; for viewers, only those that can hold no secret.</summary>
    public required IReadOnlyList<HeaderJson> Headers { get; init; }

    /// <summary>Its deliveries, the newest first, at most 100; <c>GET deliveries?event=</c> has all.</summary>
    public required IReadOnlyList<DeliveryJson> DeliveryList { get; init; }

    public override object ForViewers() => new EventDetailJson(
        WithoutBodies(), ViewerHeaders.Of(Headers), [.. DeliveryList.Select(delivery => (DeliveryJson)delivery.ForViewers())]);

    public static EventDetailJson From(EventDetail detail)
    {
        using var headers = JsonDocument.Parse(detail.Headers);
        var stored = From(detail.Event, detail.Counts);
        return new EventDetailJson(
            stored,
            [
                .. headers.RootElement.EnumerateArray()
                    .Select(pair => new HeaderJson(pair[0].GetString()!, pair[1].GetString()!)),
            ],
            [.. detail.Deliveries.Select(delivery => DeliveryJson.From(delivery))]);
    }
}
