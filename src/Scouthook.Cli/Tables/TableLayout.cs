using System.Text;
using Spectre.Console;

namespace Scouthook.Cli.Tables;

/// <summary>Decides which columns of a table are shown, and how wide each is.</summary>
internal static class TableLayout
{
    /// <summary>Blanks between two columns.</summary>
    public const int Gap = 2;

    private const char Cut = '…';

    /// <summary>Too little of a cell to be of use, but better than rows that are wrapped.</summary>
    private const int Floor = 6;

    /// <summary>Leaves out columns, lowest priority first, until the others fit, and divides the width among those that can be cut.</summary>
    /// <param name="columns">Of each column: the width of its widest cell, the width it can be cut to, the width it should have, and its rank.</param>
    /// <param name="available">The width of the terminal.</param>
    /// <returns>The width of each column; <see langword="null"/> for a column that is left out.</returns>
    public static int?[] Fit(IReadOnlyList<(int Width, int? MinWidth, int? GoodWidth, int Rank)> columns, int available)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (Sum(shown, at => Good(columns[at])) > available)
        {
            var last = shown.OrderBy(at => columns[at].Rank).Last();
            if (columns[last].Rank == 0)
            {
                break;
            }

            shown.Remove(last);
        }

        var widths = new int?[columns.Count];
        foreach (var at in shown)
        {
            widths[at] = Least(columns[at]);
        }

        // A row that the terminal wraps can't be read as a row: rather than that, columns are cut further, the widest first.
        for (var missing = Sum(shown, at => widths[at]!.Value) - available; missing > 0; missing--)
        {
            var widest = shown.Where(at => columns[at].MinWidth is not null && widths[at] > Floor).OrderBy(at => widths[at]).LastOrDefault(-1);
            if (widest < 0)
            {
                break;
            }

            widths[widest]--;
        }

        // The rest goes to the narrowest column that wants more, cell by cell, so that none starves beside a long one.
        for (var left = available - Sum(shown, at => widths[at]!.Value); left > 0; left--)
        {
            var growing = shown.Where(at => widths[at] < columns[at].Width).OrderBy(at => widths[at]).ToList();
            if (growing.Count == 0)
            {
                break;
            }

            widths[growing[0]]++;
        }

        return widths;
    }

    /// <summary>Shortens a text to a number of cells, and marks that it was cut.</summary>
    public static string Shorten(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var kept = new StringBuilder();
        var used = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.ToString().GetCellWidth();
            if (used > width)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append(Cut).ToString();
    }

    private static int Sum(List<int> shown, Func<int, int> width) => shown.Sum(width) + Math.Max(0, (shown.Count - 1) * Gap);

    private static int Least((int Width, int? MinWidth, int? GoodWidth, int Rank) column) => Math.Min(column.Width, column.MinWidth ?? column.Width);

    private static int Good((int Width, int? MinWidth, int? GoodWidth, int Rank) column) =>
        Math.Min(column.Width, column.GoodWidth ?? column.MinWidth ?? column.Width);
}
