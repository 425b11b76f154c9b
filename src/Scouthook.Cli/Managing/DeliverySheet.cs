using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Managing;

/// <summary>Shows one delivery: its state, each attempt, and the latest response.</summary>
internal static class DeliverySheet
{
    /// <summary>Why a delivery is in its state, or why its last attempt failed.</summary>
    public static Column Reason { get; } = new("Reason", delivery => Because(delivery))
    {
        Brief = delivery => Cause(delivery["lastError"] ?? delivery["stateReason"]),
        MinWidth = 14,
        GoodWidth = 30,
    };

    public static void Write(JsonObject delivery, DateTimeOffset now)
    {
        var state = ItemText.Of(delivery["state"]);
        var attempts = delivery["attemptList"] is JsonArray list ? list.Select(attempt => attempt!.AsObject()).ToList() : [];
        var stored = ItemText.IdEnding(delivery["eventId"]);
        new Sheet()
            .Add("Title", ItemText.Of(delivery["title"]))
            .Add("State", state, StateColours.Of(state))
            .Add("Reason", Because(delivery))
            .Add("Attempts", ItemText.Of(delivery["attempts"]))
            .Add(IsDue(delivery, now) ? "Due since" : "Next attempt", ItemText.Moment(delivery["nextAttemptAt"], now))
            .Add("Created", ItemText.Moment(delivery["createdAt"], now))
            .Add("Settled", ItemText.Moment(delivery["settledAt"], now))
            .Add("Event", $"{stored} (scouthook events {stored})")
            .Add("Created by replay", ItemText.IdEnding(delivery["replay"]))
            .Add("Replaced by", ItemText.IdEnding(delivery["replacedBy"]))
            .Add("Id", ItemText.Of(delivery["id"]))
            .Write($"{ItemText.Of(delivery["eventType"])} to {ItemText.Of(delivery["endpointName"])}");
        WriteAttempts(attempts);
        if (attempts.LastOrDefault() is { } last && ItemText.Of(last["statusCode"]).Length > 0)
        {
            Sheet.WritePart($"Response to attempt {ItemText.Of(last["number"])}: {ItemText.Of(last["statusCode"])}");
            WriteResponse(last);
        }

        var id = ItemText.IdEnding(delivery["id"]);
        if (state is "deadLettered" or "pending")
        {
            Sheet.WritePart("Next");
            new Sheet()
                .Add("Check the endpoint", $"scouthook endpoints test {ThisTool.Argument(ItemText.Of(delivery["endpointName"]))}")
                .Add(state == "pending" ? "Attempt it now" : "Retry it", $"scouthook deliveries retry {id}")
                .Add("Give up on it", $"scouthook deliveries discard {id}")
                .Write();
        }
    }

    /// <summary>Returns whether only the endpoint keeps a delivery waiting: it is down, or works on others.</summary>
    private static bool IsDue(JsonObject delivery, DateTimeOffset now) =>
        ItemText.Instant(delivery["nextAttemptAt"]) < now;

    private static void WriteAttempts(List<JsonObject> attempts)
    {
        Sheet.WritePart("Attempts");
        if (attempts.Count == 0)
        {
            Sheet.WriteNote("None yet.");
            return;
        }

        Sheet.WriteTable(
            attempts,
            ItemColumns.Number("No.", "number"),
            ItemColumns.Time("Started", "startedAt"),
            new Column("Took", attempt => Took(attempt)) { IsNumber = true, Rank = 1 },
            new Column("Outcome", attempt => ItemText.Words(ItemText.Of(attempt["outcome"])).ToLowerInvariant())
            {
                Colour = attempt => ItemText.Of(attempt["outcome"]) == "delivered" ? StateColours.Good : StateColours.Bad,
            },
            ItemColumns.Number("Status", "statusCode"),
            ItemColumns.Text("Error", "error") with { Brief = attempt => Cause(attempt["error"]), MinWidth = 12 });
    }

    /// <summary>Writes the headers and the body that an endpoint responded with.</summary>
    public static void WriteResponse(JsonObject attempt)
    {
        foreach (var header in attempt["responseHeaders"] as JsonArray ?? [])
        {
            Sheet.WriteLines($"{ItemText.Of(header!["name"])}: {ItemText.Of(header["value"])}");
        }

        if (attempt["responseBody"] is JsonValue body && body.GetValue<string>() is { Length: > 0 } text)
        {
            Console.Out.WriteLine();
            Sheet.WriteLines(text);
        }
    }

    /// <summary>Writes how long an attempt took.</summary>
    public static string Took(JsonObject attempt) => attempt["durationMs"]?.GetValue<double>() switch
    {
        null => "",
        >= 10_000 and var duration => string.Create(CultureInfo.InvariantCulture, $"{duration / 1000:0.0} s"),
        var duration => string.Create(CultureInfo.InvariantCulture, $"{duration:0} ms"),
    };

    /// <summary>Shortens an error for a list: <c>The endpoint responded with 500.</c> becomes <c>HTTP 500</c>.</summary>
    public static string Cause(JsonNode? error)
    {
        const string subject = "The endpoint ";
        const string answer = "responded with ";
        var text = ItemText.Of(error);
        var rest = text.StartsWith(subject, StringComparison.Ordinal) ? text[subject.Length..].TrimEnd('.') : text;
        return rest.StartsWith(answer, StringComparison.Ordinal) ? "HTTP " + rest[answer.Length..] : rest;
    }

    private static string Because(JsonObject delivery) => ItemText.Of(delivery["stateReason"] ?? delivery["lastError"]);
}
