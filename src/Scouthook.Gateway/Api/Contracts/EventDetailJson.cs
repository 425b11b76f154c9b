using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>An event with the headers it came with.</summary>
internal sealed record EventDetailJson : EventJson
{
    [SetsRequiredMembers]
    public EventDetailJson(
        StoredEvent stored, DeliveryCounts deliveries, JsonElement headers, IReadOnlyList<DeliveryJson> newest)
        : base(From(stored, deliveries))
    {
        Headers =
        [
            .. headers.EnumerateArray().Select(pair => new HeaderJson(pair[0].GetString()!, pair[1].GetString()!)),
        ];
        DeliveryList = newest;
    }

    /// <summary>The request's headers in the order received.</summary>
    public IReadOnlyList<HeaderJson> Headers { get; }

    /// <summary>Its deliveries, the newest first, at most 100; <c>GET deliveries?event=</c> has all.</summary>
    public IReadOnlyList<DeliveryJson> DeliveryList { get; }
}
