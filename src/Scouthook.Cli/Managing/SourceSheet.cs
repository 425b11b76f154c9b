using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Tables;
using Scouthook.Inbox.Model;

namespace Scouthook.Cli.Managing;

/// <summary>Shows the sources: what each receives, its secrets, and its registrations in Help Scout.</summary>
internal static class SourceSheet
{
    public static IReadOnlyList<Column> Columns(DateTimeOffset now) =>
    [
        ItemColumns.Text("Name", "name") with { MinWidth = 8 },
        ItemColumns.Text("Path", "path") with { MinWidth = 8, Rank = 1 },
        ItemColumns.Number("Newest", "lastSequence") with { Rank = 2 },
        ItemColumns.Time("Received", "lastReceivedAt"),
        new Column("Secrets", source => string.Join(", ", Secrets(source).Where(secret => IsValid(secret, now)).Select(secret => ItemText.Of(secret["fingerprint"]))))
        {
            MinWidth = 8,
        },
        new Column("In Help Scout", source => IsOwn(source) ? "" : source["registration"] is { } registration ? ItemText.Of(registration["state"]) : "not watched")
        {
            Colour = source => StateColours.Of(ItemText.Of(source["registration"]?["state"])),
        },
        new Column("State", State)
        {
            Colour = _ => StateColours.Waiting,
        },
    ];

    public static void Write(JsonObject source, DateTimeOffset now)
    {
        var name = ItemText.Of(source["name"]);
        new Sheet()
            .Add("Path", ItemText.Of(source["path"]))
            .Add("State", State(source))
            .Add("Newest event", ItemText.Moment(source["lastReceivedAt"], now) is { Length: > 0 } moment ? moment : "none yet")
            .Add("Newest sequence", ItemText.Of(source["lastSequence"]))
            .Write(name);

        if (IsOwn(source))
        {
            return;
        }

        Sheet.WritePart("Secrets, current first");
        Sheet.WriteTable(
            Secrets(source),
            ItemColumns.Text("Fingerprint", "fingerprint"),
            ItemColumns.Text("Origin", "origin"),
            new Column("Valid", secret => Validity(secret, now)) { Colour = secret => IsValid(secret, now) ? StateColours.Good : StateColours.Bad });
        WriteRegistration(source["registration"] as JsonObject, now);

        Sheet.WritePart("Next");
        new Sheet()
            .Add("Add a secret", $"scouthook sources secrets add {ThisTool.Argument(name)}")
            .Add("End one", $"scouthook sources secrets end {ThisTool.Argument(name)} FINGERPRINT")
            .Add("Replace it everywhere", $"scouthook webhooks rotate-secret --source {ThisTool.Argument(name)}")
            .Write();
    }

    /// <summary>Describes until when a secret is valid.</summary>
    public static string Validity(JsonObject secret, DateTimeOffset now) => ItemText.Instant(secret["expiresAt"]) switch
    {
        null => "no expiry",
        { } end when end > now => $"until {ItemText.Moment(secret["expiresAt"], now)}",
        _ => $"ended {ItemText.Moment(secret["expiresAt"], now)}",
    };

    /// <summary>Completes a sentence about a secret whose end was changed.</summary>
    public static string Outcome(JsonObject secret, DateTimeOffset now) => (secret["expiresAt"], IsValid(secret, now)) switch
    {
        (null, _) => "is valid until it is ended",
        (_, true) => $"is valid {Validity(secret, now)}",
        _ => "has ended",
    };

    private static void WriteRegistration(JsonObject? registration, DateTimeOffset now)
    {
        Sheet.WritePart("Registration in Help Scout");
        if (registration is null)
        {
            Sheet.WriteNote("Not watched. To watch it, configure the credentials of a Help Scout app for this source.");
            return;
        }

        var state = ItemText.Of(registration["state"]);
        new Sheet()
            .Add("State", state, StateColours.Of(state))
            .Add("Checked", ItemText.Moment(registration["checkedAt"], now))
            .Write();
        foreach (var problem in registration["problems"] as JsonArray ?? [])
        {
            Sheet.WriteNote(ItemText.Of(problem));
        }
    }

    private static string State(JsonObject source) => IsOwn(source)
        ? "operational events"
        : source["configured"]?.GetValue<bool>() is false ? "no longer configured" : "";

    /// <summary>Events about Scouthook itself come from a source that nobody configures.</summary>
    private static bool IsOwn(JsonObject source) => ItemText.Of(source["name"]) == OperationalEvent.Source;

    private static bool IsValid(JsonObject secret, DateTimeOffset now) => ItemText.Instant(secret["expiresAt"]) is not { } end || end > now;

    private static List<JsonObject> Secrets(JsonObject source) => [.. source["secrets"]!.AsArray().Select(secret => secret!.AsObject())];
}
