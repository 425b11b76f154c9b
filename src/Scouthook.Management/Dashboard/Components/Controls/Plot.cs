using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>Draws numbers over time as SVG: lines, or bars.</summary>
internal static class Plot
{
    private const double Width = 600;
    private const double Height = 140;
    private const double Left = 4;
    private const double Top = 8;
    private const double Bottom = 4;

    /// <summary>One line of a plot.</summary>
    /// <param name="Name">Its name, in the legend.</param>
    /// <param name="Style">The class that sets its colour.</param>
    /// <param name="Values">One value for each instant; <see langword="null"/> where there is none.</param>
    internal sealed record Line(string Name, string Style, IReadOnlyList<double?> Values);

    /// <param name="label">What the plot shows, for those who cannot see it.</param>
    /// <param name="since">The left edge.</param>
    /// <param name="until">The right edge.</param>
    /// <param name="at">The instants of the values.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="format">Formats a value.</param>
    /// <param name="full">The upper edge, of which low values are of interest; otherwise the highest value.</param>
    public static RenderFragment Draw(
        string label, DateTimeOffset since, DateTimeOffset until, IReadOnlyList<DateTimeOffset> at, IReadOnlyList<Line> lines,
        Func<double, string> format, double? full = null) => builder =>
    {
        var values = lines.SelectMany(line => line.Values).OfType<double>().ToList();
        var max = full ?? values.DefaultIfEmpty(0).Max();
        var extreme = values.Count == 0 ? "no values" : full is null ? $"peak {format(max)}" : $"lowest {format(values.Min())}";
        var span = Math.Max(1, (until - since).TotalSeconds);
        builder.OpenElement(0, "figure");
        builder.AddAttribute(1, "class", "plot");
        builder.OpenElement(2, "svg");
        builder.AddAttribute(3, "viewBox", $"0 0 {Width} {Height}");
        builder.AddAttribute(4, "role", "img");
        builder.AddAttribute(5, "aria-label", $"{label}, {extreme}");
        builder.AddAttribute(6, "preserveAspectRatio", "none");
        for (var quarter = 0; quarter <= 4; quarter++)
        {
            builder.OpenElement(10, "line");
            builder.AddAttribute(11, "class", "grid-line");
            builder.AddAttribute(12, "x1", "0");
            builder.AddAttribute(13, "x2", Text(Width));
            builder.AddAttribute(14, "y1", Text(Y(max * quarter / 4)));
            builder.AddAttribute(15, "y2", Text(Y(max * quarter / 4)));
            builder.CloseElement();
        }

        foreach (var line in lines)
        {
            builder.OpenElement(20, "path");
            builder.AddAttribute(21, "class", $"series {line.Style}");
            builder.AddAttribute(22, "d", Path(line));
            builder.CloseElement();
            builder.OpenElement(23, "path");
            builder.AddAttribute(24, "class", $"series dots {line.Style}");
            builder.AddAttribute(25, "d", Dots(line));
            builder.CloseElement();
        }

        builder.CloseElement();
        builder.OpenElement(30, "figcaption");
        builder.AddContent(31, Show.Time(since));
        builder.OpenElement(32, "span");
        builder.AddAttribute(33, "class", "legend");
        foreach (var line in lines)
        {
            builder.OpenElement(40, "span");
            builder.AddAttribute(41, "class", $"key {line.Style}");
            builder.AddContent(42, line.Name);
            builder.CloseElement();
        }

        builder.OpenElement(50, "span");
        builder.AddAttribute(51, "class", "muted");
        builder.AddContent(52, extreme);
        builder.CloseElement();
        builder.CloseElement();
        builder.AddContent(60, Show.Time(until));
        builder.CloseElement();
        builder.CloseElement();

        double Y(double value) => Height - Bottom - (max == 0 ? 0 : value / max * (Height - Top - Bottom));

        string Path(Line line)
        {
            var path = new System.Text.StringBuilder();
            var isDrawing = false;
            for (var index = 0; index < at.Count; index++)
            {
                if (line.Values[index] is not { } value)
                {
                    isDrawing = false;
                    continue;
                }

                path.Append(isDrawing ? 'L' : 'M').Append(Point(index, value));
                isDrawing = true;
            }

            return path.ToString();
        }

        // A value between two that are missing has no line.
        string Dots(Line line) => string.Concat(
            from index in Enumerable.Range(0, at.Count)
            where line.Values[index] is not null && !HasValue(line, index - 1) && !HasValue(line, index + 1)
            select $"M{Point(index, line.Values[index]!.Value)}h0");

        bool HasValue(Line line, int index) => index >= 0 && index < at.Count && line.Values[index] is not null;

        string Point(int index, double value) =>
            $"{Text(Left + ((at[index] - since).TotalSeconds / span * (Width - (2 * Left))))} {Text(Y(value))}";
    };

    /// <summary>Adds the buckets in which nothing happened, which statistics leave out.</summary>
    /// <param name="since">The first bucket.</param>
    /// <param name="until">The end of the last one.</param>
    /// <param name="step">The length of a bucket.</param>
    public static IReadOnlyList<DateTimeOffset> Buckets(DateTimeOffset since, DateTimeOffset until, TimeSpan step)
    {
        var buckets = new List<DateTimeOffset>();
        for (var at = since; at < until && step > TimeSpan.Zero; at += step)
        {
            buckets.Add(at);
        }

        return buckets;
    }

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
