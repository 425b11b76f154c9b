using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Spectre.Console;

namespace Scouthook.Cli.Tables;

/// <summary>One item as labelled lines below a heading.</summary>
internal sealed class Sheet
{
    private const int Indent = 2;

    private readonly List<(string Label, string Value, string? Colour)> _lines = [];

    /// <summary>Adds a line, unless its value is empty.</summary>
    public Sheet Add(string label, string? value, string? colour = null)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _lines.Add((label, value, colour));
        }

        return this;
    }

    public void Write(string? heading = null)
    {
        if (heading is not null)
        {
            WriteHeading(heading);
        }

        var width = _lines.Count == 0 ? 0 : _lines.Max(line => line.Label.Length);
        var room = Screen.Out.Profile.Width - Indent - width - TableLayout.Gap;
        foreach (var (label, value, colour) in _lines)
        {
            if (MustStayWhole(value, room))
            {
                WriteWhole(label, value, width);
                continue;
            }

            Screen.Out.Write(new Grid()
                .AddColumn(new GridColumn().NoWrap().Width(width).Padding(Indent, 0, TableLayout.Gap, 0))
                .AddColumn(new GridColumn().Padding(0, 0, 0, 0))
                .AddRow(new Text(label), new Text(value, colour is null ? Style.Plain : Style.Parse(colour))));
        }
    }

    /// <summary>
    /// True if breaking the value would spoil it for those who copy it: a key, an address or a command.
    /// </summary>
    private static bool MustStayWhole(string value, int room) =>
        value.Length > room && (value.StartsWith("scouthook ", StringComparison.Ordinal) || !value.Contains(' ', StringComparison.Ordinal));

    /// <summary>Writes a value below its label if it fits there; otherwise the terminal wraps the line itself, and copies it as one.</summary>
    private static void WriteWhole(string label, string value, int width)
    {
        if (value.GetCellWidth() > Screen.Out.Profile.Width - 2 * Indent)
        {
            WriteLines(label.PadRight(width + TableLayout.Gap) + value);
            return;
        }

        WriteLines(label);
        WriteLines(new string(' ', Indent) + value);
    }

    /// <summary>Writes a heading for a part of an item.</summary>
    public static void WritePart(string heading)
    {
        Console.Out.WriteLine();
        WriteHeading(heading);
    }

    /// <summary>Writes a table as a part of an item.</summary>
    public static void WriteTable(IReadOnlyList<JsonObject> items, params Column[] columns) => TableWriter.Write(items, columns, Indent);

    /// <summary>Writes a sentence, indented and broken between words.</summary>
    public static void WriteNote(string text) => Screen.Out.Write(new Padder(new Text(text), new Padding(Indent, 0, 0, 0)));

    /// <summary>Writes lines as they are, indented.</summary>
    public static void WriteLines(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            Console.Out.WriteLine(new string(' ', Indent) + ItemText.Visible(line));
        }
    }

    private static void WriteHeading(string heading) => Screen.Out.Write(new Text(heading + "\n", Screen.IsRedirected ? Style.Plain : new Style(decoration: Decoration.Bold)));
}
