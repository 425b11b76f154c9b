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
        foreach (var item in items)
        {
            table.AddRow([.. columns.Select(column => new Text(column.Cell(item)))]);
        }

        Screen.Out.Write(table);
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
