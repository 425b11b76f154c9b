using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Managing;

/// <summary>Shows one endpoint, and what an action on it did.</summary>
internal static class EndpointSheet
{
    public static void Write(JsonObject endpoint, DateTimeOffset now)
    {
        WriteMembers(endpoint, now);
        var name = ThisTool.Argument(ItemText.Of(endpoint["name"]));
        Sheet.WritePart("Next");
        new Sheet()
            .Add("Its deliveries", $"scouthook deliveries --endpoint {name}")
            .Add("Send a test event", $"scouthook endpoints test {name}")
            .Write();
    }

    /// <summary>Writes an endpoint with the secret that only the answer to its creation contains.</summary>
    public static void WriteMembers(JsonObject endpoint, DateTimeOffset now)
    {
        var (name, state, health) = (ItemText.Of(endpoint["name"]), ItemText.Of(endpoint["state"]), ItemText.Of(endpoint["health"]));
        new Sheet()
            .Add("State", state, StateColours.Of(state))
            .Add("Reason", ItemText.Of(endpoint["stateReason"]))
            .Add("Health", health, StateColours.Of(health))
            .Add("Failing since", ItemText.Moment(endpoint["failingSince"], now))
            .Add("Last error", ItemText.Of(endpoint["lastError"]))
            .Add("Last delivered", ItemText.Moment(endpoint["lastDeliveredAt"], now))
            .Add("URL", endpoint["url"] is null ? "(handler in the app)" : ItemText.Of(endpoint["url"]))
            .Add("Events", ItemText.Of(endpoint["events"]))
            .Add("Mailboxes", ItemText.Of(endpoint["mailboxIds"]) is { Length: > 0 } mailboxes ? mailboxes : "all")
            .Add("Ordering", ItemText.Of(endpoint["ordering"]))
            .Add("Timeout", $"{ItemText.Of(endpoint["timeoutSeconds"])} s")
            .Add("Concurrency", ItemText.Of(endpoint["concurrency"]))
            .Add("Unreadable events", endpoint["includeUnreadable"]?.GetValue<bool>() is false ? "not delivered" : "delivered too")
            .Add("Created", ItemText.Moment(endpoint["createdAt"], now))
            .Add("Id", ItemText.Of(endpoint["id"]))
            .Add("Secret", ItemText.Of(endpoint["secret"]))
            .Add("As Standard Webhooks secret", ItemText.Of(endpoint["standardWebhooksSecret"]))
            .Write(name);
    }

    /// <summary>Writes the response of the API to an action.</summary>
    public static void WriteChange(JsonObject answer, string verb)
    {
        var name = ItemText.Of(answer["name"]);
        switch (verb)
        {
            case "test":
                WriteTest(answer);
                break;
            case "rotate-secret":
                new Sheet()
                    .Add("Secret", ItemText.Of(answer["secret"]))
                    .Add("As Standard Webhooks secret", ItemText.Of(answer["standardWebhooksSecret"]))
                    .Write(name);
                Sheet.WriteNote("It is not shown again. The old one also signs for 24 hours, or until you run");
                Sheet.WriteLines($"scouthook endpoints finish-rotation {ThisTool.Argument(name)}");
                break;
            case "finish-rotation":
                Prose.WriteLine($"Requests to {name} are now signed with the new secret only.");
                break;
            default:
                Prose.WriteLine($"{name} is {ItemText.Of(answer["state"])}.");
                break;
        }
    }

    private static void WriteTest(JsonObject attempt)
    {
        var outcome = ItemText.Of(attempt["outcome"]);
        var isDelivered = outcome == "delivered";
        new Sheet()
            .Add("Outcome", ItemText.Words(outcome).ToLowerInvariant(), isDelivered ? StateColours.Good : StateColours.Bad)
            .Add("Status", ItemText.Of(attempt["statusCode"]))
            .Add("Error", ItemText.Of(attempt["error"]))
            .Add("Took", DeliverySheet.Took(attempt))
            .Write("Test event");
        if (ItemText.Of(attempt["statusCode"]).Length > 0)
        {
            Sheet.WritePart("Response");
            DeliverySheet.WriteResponse(attempt);
        }
    }
}
