using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;
using Spectre.Console;

namespace Scouthook.Cli.Listening;

/// <summary>Shows stored events and finished attempts as they happen, one line each.</summary>
internal sealed class Watcher(ManagementClient client, WatchFilter filter, bool json, TimeProvider timeProvider) : IStreamFollower
{
    private const int TypeWidth = 28;
    private const int IdWidth = 8;
    private const int TimeWidth = 8;
    private const int MaxRemembered = 2_000;

    /// <summary>Types of recent events by id; an attempt names only the id of its event.</summary>
    private readonly Dictionary<string, string> _types = [];
    private readonly Queue<string> _remembered = new();
    private readonly Dictionary<string, string> _endpoints = [];

    public async Task FollowAsync(SseItem<string> item, JsonObject content, CancellationToken cancellationToken)
    {
        if (item.EventType == "event")
        {
            Remember(ItemText.Of(content["id"]), ItemText.Of(content["type"]));
            if (filter.IncludesEvent(content))
            {
                Write(item, content, () => Event(content));
            }
        }
        else if (filter.IncludesEndpoint(content))
        {
            var (type, endpoint) = await DescribeAsync(content, cancellationToken);
            if (filter.IncludesType(type))
            {
                Write(item, content, () => Attempt(content, type, endpoint));
            }
        }
    }

    private void Write(SseItem<string> item, JsonObject content, Func<string> line) => Emit(json
        ? new JsonObject { ["message"] = item.EventType, ["id"] = item.EventId, ["data"] = content.DeepClone() }.ToJsonString()
        : line());

    /// <exception cref="CommandFailedException">The output is lost, and with it the purpose of watching.</exception>
    private static void Emit(string line)
    {
        if (!StandardOutput.TryWriteLine(line))
        {
            throw new CommandFailedException("Standard output is closed or full.");
        }
    }

    private string Event(JsonObject stored) => Line(
        stored["receivedAt"],
        $"[bold]{Cell(ItemText.Of(stored["type"]), TypeWidth)}[/]",
        ItemText.Of(stored["title"]) is { Length: > 0 } title ? title : EventSheet.Resource(stored),
        stored["state"] is { } state && ItemText.Of(state) != "ok" ? ItemText.Of(state) : null,
        stored["id"]);

    private string Attempt(JsonObject delivery, string type, string endpoint)
    {
        var attempt = delivery["attempt"]!.AsObject();
        var outcome = ItemText.Of(attempt["outcome"]);
        var isDelivered = outcome == "delivered";
        var colour = isDelivered ? StateColours.Good : StateColours.Bad;
        var status = ItemText.Of(attempt["statusCode"]);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{(status.Length > 0 ? status + " " : "")}{(isDelivered ? "" : ItemText.Words(outcome).ToLowerInvariant() + " ")}in {DeliverySheet.Took(attempt)}")
            + (isDelivered ? "" : $", attempt {ItemText.Of(attempt["number"])}")
            + (ItemText.Of(delivery["state"]) == "deadLettered" ? ", dead letter" : "")
            + $"  {type}";
        return Line(attempt["startedAt"], $"[{colour}]{Cell($"  → {endpoint}", TypeWidth)}[/]", text, null, delivery["eventId"]);
    }

    /// <summary>Lays out a line: time, what, details cut to the rest of the terminal, short id.</summary>
    private string Line(JsonNode? at, string what, string details, string? state, JsonNode? id)
    {
        var width = Screen.Out.Profile.Width - TimeWidth - TypeWidth - IdWidth - 3 * TableLayout.Gap;
        var prefix = state is null ? "" : $"[{StateColours.Of(state) ?? StateColours.Waiting}]{Markup.Escape(state)}[/] ";
        var rest = Math.Max(0, width - (state?.Length + 1 ?? 0));
        var cell = Screen.IsRedirected ? details : Cell(details, rest);
        return Screen.Render(
            $"{LocalTime.Of(ItemText.Instant(at) ?? timeProvider.GetUtcNow(), timeProvider)}  {what}  {prefix}{(Screen.IsRedirected ? Markup.Escape(cell) : cell)}  {ItemText.IdEnding(id)}").TrimEnd();
    }

    private static string Cell(string text, int width)
    {
        var shown = TableLayout.Shorten(text, width);
        return Markup.Escape(shown) + new string(' ', Math.Max(0, width - shown.GetCellWidth()));
    }

    private void Remember(string id, string type)
    {
        if (_types.TryAdd(id, type))
        {
            _remembered.Enqueue(id);
            if (_remembered.Count > MaxRemembered)
            {
                _types.Remove(_remembered.Dequeue());
            }
        }
    }

    /// <summary>Finds the type of the event of an attempt, and the name of its endpoint.</summary>
    private async Task<(string Type, string Endpoint)> DescribeAsync(JsonObject delivery, CancellationToken cancellationToken)
    {
        var (eventId, endpointId) = (ItemText.Of(delivery["eventId"]), ItemText.Of(delivery["endpointId"]));
        if (_types.TryGetValue(eventId, out var type) && _endpoints.TryGetValue(endpointId, out var endpoint))
        {
            return (type, endpoint);
        }

        try
        {
            var whole = await client.GetAsync($"deliveries/{ItemText.Of(delivery["deliveryId"])}", cancellationToken);
            Remember(eventId, ItemText.Of(whole["eventType"]));
            _endpoints[endpointId] = ItemText.Of(whole["endpointName"]);
            return (ItemText.Of(whole["eventType"]), _endpoints[endpointId]);
        }
        catch (ManagementException exception) when (exception.Status is HttpStatusCode.NotFound)
        {
            // Retention has removed it meanwhile.
            return (type ?? "", _endpoints.GetValueOrDefault(endpointId, ItemText.IdEnding(delivery["endpointId"])));
        }
    }
}
