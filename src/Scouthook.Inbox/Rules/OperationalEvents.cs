using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Writes the operational events that changes in the store raise.</summary>
internal static class OperationalEvents
{
    /// <summary>Reports that an endpoint was disabled.</summary>
    public static NewEvent EndpointDisabled(WebhookEndpoint endpoint, string? reason, DateTimeOffset now) => OperationalEvent.Create(
        OperationalEvent.EndpointDisabled,
        $"Endpoint {endpoint.Name} was disabled: {reason}",
        new JsonObject { ["endpoint"] = OperationalFacts.Of(endpoint), ["reason"] = reason },
        now);

    /// <summary>Reports that a delivery became a dead letter after its last attempt.</summary>
    /// <returns>
    /// <see langword="null"/> for the delivery of an operational event: events about events that cannot be delivered would
    /// never end.
    /// </returns>
    public static NewEvent? DeadLettered(DeliveryLease lease, string? reason, DateTimeOffset now) =>
        lease.Event.Source == OperationalEvent.Source ? null : OperationalEvent.Create(
            OperationalEvent.DeadLettered,
            $"A delivery to {lease.Endpoint.Name} became a dead letter: {reason}",
            new JsonObject
            {
                ["endpoint"] = OperationalFacts.Of(lease.Endpoint),
                ["delivery"] = new JsonObject { ["id"] = lease.DeliveryId, ["attempts"] = lease.Attempt },
                ["event"] = new JsonObject
                {
                    ["id"] = lease.Event.Id,
                    ["sequence"] = lease.Event.Sequence,
                    ["type"] = HelpScoutEventCatalog.DisplayName(lease.Event.EventType),
                },
                ["reason"] = reason,
            },
            now);

    /// <summary>Reports that retention gave up deliveries of an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="count">The number of deliveries.</param>
    /// <param name="first">The first of their events.</param>
    /// <param name="last">The last of their events.</param>
    /// <param name="now">The current instant.</param>
    public static NewEvent GivenUp(WebhookEndpoint endpoint, int count, long first, long last, DateTimeOffset now)
    {
        var deliveries = count == 1 ? "A delivery" : string.Create(CultureInfo.InvariantCulture, $"{count} deliveries");
        return OperationalEvent.Create(
            OperationalEvent.DeadLettered,
            $"{deliveries} to {endpoint.Name} {(count == 1 ? "was" : "were")} given up: {RetentionRule.GiveUpReason}",
            new JsonObject
            {
                ["endpoint"] = OperationalFacts.Of(endpoint),
                ["deliveries"] = new JsonObject { ["count"] = count, ["firstSequence"] = first, ["lastSequence"] = last },
                ["reason"] = RetentionRule.GiveUpReason,
            },
            now);
    }
}
