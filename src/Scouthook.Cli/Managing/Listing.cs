using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Spectre.Console;

namespace Scouthook.Cli.Managing;

/// <summary>Shows items of the API: a table for people, a line of JSON for programs.</summary>
internal static class Listing
{
    public static void Write(IReadOnlyList<JsonObject> items, bool json, params (string Title, Func<JsonObject, string> Cell)[] columns)
    {
        if (json)
        {
            JsonOutput.Write(new JsonArray([.. items.Select(item => item.DeepClone())]));
            return;
        }

        if (items.Count == 0)
        {
            Screen.Out.WriteLine("Nothing.");
            return;
        }

        var table = Screen.Table([.. columns.Select(column => column.Title)]);
        var rows = items.Select(item => columns.Select(column => column.Cell(item)).ToList()).ToList();
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        // A terminal that is too narrow breaks the lines itself: nothing is left out, and an id stays in one piece to copy.
        const int beside = 4;
        Screen.Out.Profile.Width = Math.Max(
            Screen.Out.Profile.Width,
            columns.Select((column, at) => rows.Max(row => Math.Max(column.Title.Length, row[at].GetCellWidth())) + beside).Sum());
        Screen.Out.Write(table);
    }

    /// <summary>Tells a person that there may be more; what is written for programs stays as it is.</summary>
    public static void SayIfCut(int shown, int most)
    {
        if (shown == most)
        {
            Console.Error.WriteLine($"These are the newest {shown}; --all shows all that match.");
        }
    }

    /// <summary>One item, member by member.</summary>
    public static void Write(JsonObject item, bool json)
    {
        if (json)
        {
            JsonOutput.Write(item);
            return;
        }

        var table = new Table().Border(TableBorder.Simple).NoSafeBorder()
            .AddColumn(new TableColumn("").NoWrap()).AddColumn(new TableColumn(""));
        table.HideHeaders();
        foreach (var (name, value) in item)
        {
            if (value is not JsonArray { Count: 0 } and not null)
            {
                table.AddRow(new Markup(Markup.Escape(name)), new Text(value is JsonValue ? Text(value) : value.ToJsonString()));
            }
        }

        Screen.Out.Write(table);
    }

    public static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue simple when simple.TryGetValue<string>(out var text) => Visible(text),
        _ => value.ToJsonString(),
    };

    /// <summary>The beginning of a text that may be long; the item itself shows all of it.</summary>
    public static string Short(JsonNode? value)
    {
        const int most = 50;
        var text = Text(value);
        return text.Length > most ? string.Concat(text.AsSpan(0, most - 1), "…") : text;
    }

    /// <summary>An instant as a person at the terminal reads it: UTC, to the second.</summary>
    public static string Time(JsonNode? value) =>
        value is not null && DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : "";

    // Titles and names come from outside, and a terminal obeys what it is shown.
    private static string Visible(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
