using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;
using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Model;

namespace Scouthook.Cli.Registering;

/// <summary>Shows registrations and their differences: as text for people, as a line of JSON for programs.</summary>
internal static class RegistrationWriter
{
    private const int MostNames = 2;

    public static void WriteList(IReadOnlyList<WebhookRegistration> registrations, bool json) => ResultWriter.Write(
        [.. registrations.Select(ToJson)],
        json,
        ItemColumns.Text("Id", "id"),
        ItemColumns.Text("State", "state") with { Colour = registration => StateColours.Of(ItemText.Of(registration["state"])) },
        ItemColumns.Text("Label", "label") with { MinWidth = 8, Rank = 2 },
        ItemColumns.Text("URL", "url") with { MinWidth = 20 },
        new Column("Events", registration => Events([.. registration["events"]!.AsArray().Select(name => ItemText.Of(name))])) { MinWidth = 12 },
        new Column("Inboxes", registration => registration["mailboxIds"]!.AsArray() is { Count: > 0 } ids ? ItemText.Of(ids) : "all") { MinWidth = 7, Rank = 3 },
        new Column("Payload", registration => $"{ItemText.Of(registration["payloadVersion"])}{(registration["notification"]!.GetValue<bool>() ? ", URI only" : "")}") { Rank = 1 });

    public static JsonObject ToJson(WebhookRegistration registration) => new()
    {
        ["id"] = registration.Id,
        ["url"] = registration.Url,
        ["events"] = new JsonArray([.. registration.Events.Select(name => JsonValue.Create(name))]),
        ["state"] = registration.State,
        ["label"] = registration.Label,
        ["payloadVersion"] = registration.PayloadVersion,
        ["notification"] = registration.Notification,
        ["mailboxIds"] = new JsonArray([.. registration.MailboxIds.Select(id => JsonValue.Create(id))]),
    };

    public static JsonArray ToJson(IEnumerable<RegistrationDifference> differences) =>
        [.. differences.Select(difference => new JsonObject
        {
            ["kind"] = Name(difference.Kind),
            ["description"] = difference.Description,
        })];

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Describes the events of a registration in a few words.</summary>
    public static string Events(IReadOnlyCollection<string> names) =>
        AcceptedEvents.All.All(names.Contains) ? string.Create(CultureInfo.InvariantCulture, $"all {names.Count} events")
        : names.Count <= MostNames ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{names.Count} events");

    /// <summary>Writes one line; control characters from outside are replaced.</summary>
    public static void WriteLine(string line, int hanging = 0) =>
        Prose.WriteLine(ItemText.Of(JsonValue.Create(line)), hanging);
}
