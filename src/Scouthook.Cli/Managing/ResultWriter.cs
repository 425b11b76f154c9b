using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Tables;
using Spectre.Console;

namespace Scouthook.Cli.Managing;

/// <summary>Writes items of the API: as a table for people, as a line of JSON for programs.</summary>
internal static class ResultWriter
{
    public static void Write(IReadOnlyList<JsonObject> items, bool json, params Column[] columns)
    {
        if (json)
        {
            JsonOutput.Write(new JsonArray([.. items.Select(item => item.DeepClone())]));
        }
        else if (items.Count == 0)
        {
            Screen.Out.WriteLine("Nothing.");
        }
        else
        {
            TableWriter.Write(items, columns);
        }
    }

    /// <summary>Notes on standard error that there may be more items; standard output is unchanged.</summary>
    public static void WriteTruncationNote(int shown, int most)
    {
        if (shown == most)
        {
            StandardOutput.TryWriteError($"Showing the newest {shown}. To show more, use --limit or --all.");
        }
    }

    /// <summary>Writes one item, member by member.</summary>
    public static void Write(JsonObject item, bool json)
    {
        if (json)
        {
            JsonOutput.Write(item);
            return;
        }

        var sheet = new Sheet();
        foreach (var (name, value) in item)
        {
            if (value is JsonObject members)
            {
                foreach (var (member, inner) in members)
                {
                    sheet.Add($"{ItemText.Words(name)}: {ItemText.Words(member).ToLowerInvariant()}", Value(member, inner));
                }
            }
            else
            {
                sheet.Add(name == "url" ? "URL" : ItemText.Words(name), Value(name, value));
            }
        }

        sheet.Write();
    }

    private static string Value(string name, JsonNode? value) =>
        IsTime(name) && ItemText.Time(value) is { Length: > 0 } time ? $"{time} UTC" : ItemText.Of(value);

    private static bool IsTime(string name) =>
        name.EndsWith("At", StringComparison.Ordinal) || name is "since" or "until" or "failingSince";
}
