using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Spectre.Console;

namespace Scouthook.Cli.Tables;

/// <summary>Writes items as a table that fits the terminal.</summary>
/// <remarks>
/// A file or a pipe gets every column and every cell in full, so that programs and searches miss nothing. A terminal gets
/// short ids, no columns without content, and only what fits its width.
/// </remarks>
internal static class TableWriter
{
    /// <param name="items">The items, one per row.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="indent">Blanks before each row.</param>
    public static void Write(IReadOnlyList<JsonObject> items, IReadOnlyList<Column> columns, int indent = 0)
    {
        if (Screen.IsRedirected)
        {
            Write(items, [.. columns.Select(column => Shown.Whole(column, items))], indent);
            return;
        }

        var brief = columns.Select(column => Shown.Brief(column, items)).Where(shown => shown.HasContent).ToList();
        Write(items, Width(brief) <= Screen.Out.Profile.Width - indent ? brief : [.. brief.Select(shown => shown.Narrowed(items))], indent);
    }

    private static void Write(IReadOnlyList<JsonObject> items, IReadOnlyList<Shown> all, int indent)
    {
        var available = Screen.Out.Profile.Width - indent;
        var widths = TableLayout.Fit([.. all.Select(column => (column.Width, column.Column.MinWidth, column.Column.GoodWidth, column.Column.Rank))], available);
        var shown = all.Select((column, at) => (Column: column, Width: widths[at])).Where(column => column.Width is not null).ToList();
        var table = Screen.Table([.. shown.Select(column => column.Column.Title)]);
        for (var at = 0; at < shown.Count; at++)
        {
            table.Columns[at].Alignment = shown[at].Column.Column.IsNumber ? Justify.Right : Justify.Left;
        }

        for (var row = 0; row < items.Count; row++)
        {
            table.AddRow(shown.Select(column => new Text(
                TableLayout.Shorten(column.Column.Cells[row], column.Width!.Value),
                column.Column.Column.Colour?.Invoke(items[row]) is { } colour ? Style.Parse(colour) : Style.Plain)));
        }

        // A terminal narrower than the columns that are always shown wraps the lines itself, so that nothing is lost.
        var profile = Screen.Out.Profile;
        var terminal = profile.Width;
        profile.Width = Math.Max(terminal, indent + shown.Sum(column => column.Width!.Value + TableLayout.Gap));
        Screen.Out.Write(new Padder(table, new Padding(indent, 0, 0, 0)));
        profile.Width = terminal;
    }

    private static int Width(IReadOnlyCollection<Shown> columns) =>
        columns.Sum(column => column.Width) + Math.Max(0, (columns.Count - 1) * TableLayout.Gap);

    /// <summary>A column with the texts of its cells.</summary>
    private sealed record Shown(Column Column, string Title, IReadOnlyList<string> Cells)
    {
        public int Width { get; } = Cells.Select(cell => cell.GetCellWidth()).Append(Title.GetCellWidth()).Max();

        public bool HasContent => Cells.Any(cell => cell.Length > 0);

        public static Shown Whole(Column column, IReadOnlyList<JsonObject> items) =>
            new(column, column.Title, [.. items.Select(column.Text)]);

        public static Shown Brief(Column column, IReadOnlyList<JsonObject> items) =>
            new(column, column.Title, [.. items.Select(column.Brief ?? column.Text)]);

        public Shown Narrowed(IReadOnlyList<JsonObject> items) => Column.Narrow is { } narrow
            ? new Shown(Column, Column.NarrowTitle ?? Title, [.. items.Select(narrow)])
            : this;
    }
}
