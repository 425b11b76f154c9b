using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Spectre.Console;

namespace Scouthook.Cli.Managing;

/// <summary>Writes items of the API: as a table for people, as a line of JSON for programs.</summary>
internal static class ResultWriter
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

        // If the terminal is too narrow, let it wrap the lines itself: nothing is cut off, and ids can be copied whole.
        const int beside = 4;
        Screen.Out.Profile.Width = Math.Max(
            Screen.Out.Profile.Width,
            columns.Select((column, at) => rows.Max(row => Math.Max(column.Title.Length, row[at].GetCellWidth())) + beside).Sum());
        Screen.Out.Write(table);
    }

    /// <summary>Notes on standard error that there may be more items; standard output is unchanged.</summary>
    public static void WriteTruncationNote(int shown, int most)
    {
        if (shown == most)
        {
            Console.Error.WriteLine($"Showing the newest {shown}. Use --all to show all matches.");
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

    /// <summary>Shortens a text for a table cell; the item itself shows all of it.</summary>
    public static string Short(JsonNode? value)
    {
        const int most = 50;
        var text = Text(value);
        return text.Length > most ? string.Concat(text.AsSpan(0, most - 1), "…") : text;
    }

    /// <summary>Formats a timestamp for people: UTC, to the second.</summary>
    public static string Time(JsonNode? value) =>
        value is not null && DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : "";

    // Titles and names come from outside, and terminals interpret control characters.
    private static string Visible(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
