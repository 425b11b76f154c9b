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
    public static RenderFragment Draw(
        string label, DateTimeOffset since, DateTimeOffset until, IReadOnlyList<DateTimeOffset> at, IReadOnlyList<Line> lines,
        Func<double, string> format) => builder =>
    {
        var hasValues = lines.Any(line => line.Values.Any(value => value is not null));
        var max = lines.SelectMany(line => line.Values).OfType<double>().DefaultIfEmpty(0).Max();
        builder.OpenElement(0, "figure");
        builder.AddAttribute(1, "class", "plot");
        builder.OpenElement(2, "svg");
        builder.AddAttribute(3, "viewBox", $"0 0 {Width} {Height}");
        builder.AddAttribute(4, "role", "img");
        builder.AddAttribute(5, "aria-label", $"{label}. Highest: {format(max)}.");
        builder.AddAttribute(6, "preserveAspectRatio", "none");
        for (var quarter = 0; quarter <= 4; quarter++)
        {
            builder.OpenElement(10, "line");
            builder.AddAttribute(11, "class", "grid-line");
            builder.AddAttribute(12, "x1", "0");
            builder.AddAttribute(13, "x2", Text(Width));
            builder.AddAttribute(14, "y1", Text(Y(max * quarter / 4, max)));
            builder.AddAttribute(15, "y2", Text(Y(max * quarter / 4, max)));
            builder.CloseElement();
        }

        foreach (var line in lines)
        {
            builder.OpenElement(20, "path");
            builder.AddAttribute(21, "class", $"series {line.Style}");
            builder.AddAttribute(22, "d", Path(line, at, since, until, max));
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
        builder.AddContent(52, hasValues ? $"highest {format(max)}" : "no values");
        builder.CloseElement();
        builder.CloseElement();
        builder.AddContent(60, Show.Time(until));
        builder.CloseElement();
        builder.CloseElement();

        double Y(double value, double highest) => Height - Bottom - (highest == 0 ? 0 : value / highest * (Height - Top - Bottom));

        string Path(Line line, IReadOnlyList<DateTimeOffset> instants, DateTimeOffset from, DateTimeOffset to, double highest)
        {
            var span = Math.Max(1, (to - from).TotalSeconds);
            var path = new System.Text.StringBuilder();
            var isDrawing = false;
            for (var index = 0; index < instants.Count; index++)
            {
                if (line.Values[index] is not { } value)
                {
                    isDrawing = false;
                    continue;
                }

                var x = Left + ((instants[index] - from).TotalSeconds / span * (Width - (2 * Left)));
                path.Append(isDrawing ? 'L' : 'M').Append(Text(x)).Append(' ').Append(Text(Y(value, highest)));
                if (!isDrawing)
                {
                    // A point alone would not be visible.
                    path.Append('h').Append('1');
                }

                isDrawing = true;
            }

            return path.ToString();
        }
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
