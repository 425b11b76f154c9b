using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Managing;

/// <summary>Shows one event: what it is about, where it was delivered, and what to do with it.</summary>
internal static class EventSheet
{
    public static void Write(JsonObject stored, DateTimeOffset now)
    {
        var state = ItemText.Of(stored["state"]);
        var reason = ItemText.Of(stored["stateReason"]);
        new Sheet()
            .Add("Title", ItemText.Of(stored["title"]))
            .Add("Received", ItemText.Moment(stored["receivedAt"], now))
            .Add("Occurred", ItemText.Moment(stored["occurredAt"], now))
            .Add("Changed", ItemText.Moment(stored["changedAt"], now))
            .Add("Source", ItemText.Of(stored["source"]))
            .Add("Resource", Resource(stored))
            .Add("Conversation", Conversation(stored))
            .Add("Customer", ItemText.Of(stored["customerId"]))
            .Add("Mailbox", ItemText.Of(stored["mailboxId"]))
            .Add("Actor", ItemText.Of(stored["actor"]))
            .Add("State", reason.Length == 0 ? state : $"{state}: {reason}", StateColours.Of(state))
            .Add("Stale", stored["stale"]?.GetValue<bool>() is true ? "older than the newest known state of its resource" : null)
            .Add("Repeat", stored["repeat"] is null ? null : "possibly a repeat of an earlier event")
            .Add("Repeats", Repeats(stored, now))
            .Add("Size", ItemText.Bytes(stored["size"]?.GetValue<long>() ?? 0))
            .Add("Sequence", ItemText.Of(stored["sequence"]))
            .Add("Id", ItemText.Of(stored["id"]))
            .Write(ItemText.Of(stored["type"]));
        var deliveries = Objects(stored["deliveryList"]);
        WriteDeliveries(deliveries);
        WriteHeaders(Objects(stored["headers"]));

        var id = ItemText.IdEnding(stored["id"]);
        var failed = deliveries.Find(delivery => delivery["lastError"] is not null);
        var endpoint = ItemText.Of((failed ?? deliveries.FirstOrDefault())?["endpointName"]);
        Sheet.WritePart("Next");
        new Sheet()
            .Add("Its body", $"scouthook events {id} --body")
            .Add("Why a delivery failed", failed is null ? null : $"scouthook deliveries {ItemText.IdEnding(failed["id"])}")
            .Add("Deliver it again", $"scouthook replay --event {id} --endpoint {(endpoint.Length > 0 ? ThisTool.Argument(endpoint) : "NAME")}")
            .Write();
    }

    /// <summary>Writes the resource of an event as the filter <c>--resource</c> accepts it.</summary>
    public static string Resource(JsonObject stored) => stored["resource"] is JsonObject resource
        ? $"{ItemText.Of(resource["kind"])}:{ItemText.Of(resource["id"])}"
        : "";

    private static void WriteDeliveries(List<JsonObject> deliveries)
    {
        Sheet.WritePart("Deliveries");
        if (deliveries.Count == 0)
        {
            Sheet.WriteNote("None: no endpoint has subscribed to it, or dispatching is still to come.");
            return;
        }

        Sheet.WriteTable(
            deliveries,
            ItemColumns.Text("Endpoint", "endpointName") with { MinWidth = 8, GoodWidth = 16 },
            ItemColumns.DeliveryState,
            ItemColumns.Number("Attempts", "attempts") with { Rank = 1 },
            ItemColumns.Time("Next", "nextAttemptAt") with { Rank = 2 },
            ItemColumns.Time("Settled", "settledAt") with { Rank = 3 },
            DeliverySheet.Reason,
            ItemColumns.Id);
    }

    private static void WriteHeaders(List<JsonObject> headers)
    {
        if (headers.Count > 0)
        {
            Sheet.WritePart("Request headers");
            foreach (var header in headers)
            {
                Sheet.WriteLines($"{ItemText.Of(header["name"])}: {ItemText.Of(header["value"])}");
            }
        }
    }

    private static string Conversation(JsonObject stored) => (ItemText.Of(stored["conversationId"]), ItemText.Of(stored["conversationNumber"])) switch
    {
        ("", var number) => number.Length == 0 ? "" : $"number {number}",
        (var id, "") => id,
        var (id, number) => $"{id} (number {number})",
    };

    private static string? Repeats(JsonObject stored, DateTimeOffset now) => stored["repeats"]?.GetValue<long>() is > 0 and var repeats
        ? string.Create(CultureInfo.InvariantCulture, $"{repeats:N0}, the last {ItemText.Moment(stored["lastRepeatAt"], now)}")
        : null;

    private static List<JsonObject> Objects(JsonNode? list) =>
        list is JsonArray array ? [.. array.Select(item => item!.AsObject())] : [];
}
