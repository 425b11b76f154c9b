using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Reporting;

/// <summary>Draws the curves of a run, and its ratios beside their bounds.</summary>
internal static class Plots
{
    private const string FontName = "Open Sans";
    private const int Width = 900;
    private const int Height = 480;

    private static bool _hasFont;

    /// <summary>Writes one image per curve into a directory.</summary>
    public static void Save(Run run, IEnumerable<Curve> curves, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var curve in curves.Where(curve => run.Find(curve).Count > 0))
        {
            Save(curve, run.Find(curve), Path.Combine(directory, $"{curve.Name}.png"));
        }
    }

    /// <summary>Draws all text in the font that comes with the benchmarks: a server often has none.</summary>
    public static void UseFont()
    {
        if (!_hasFont)
        {
            var file = Path.Combine(AppContext.BaseDirectory, "Reporting", "Fonts", "OpenSans-Regular.ttf");
            Fonts.AddFontFile(FontName, file);
            // Titles are bold; without a bold font they would be drawn in one of the system's.
            Fonts.AddFontFile(FontName, file, bold: true);
            Fonts.Default = FontName;
            _hasFont = true;
        }
    }

    private static void Save(Curve curve, IReadOnlyDictionary<string, SortedDictionary<double, double>> lines, string file)
    {
        UseFont();
        using var plot = new Plot();
        var across = lines.Values.SelectMany(points => points.Keys).Distinct().Order().ToArray();
        foreach (var (name, points) in lines)
        {
            var scatter = plot.Add.Scatter(points.Keys.Select(x => Position(across, x)).ToArray(), points.Values.ToArray());
            scatter.LegendText = name;
            scatter.LineWidth = 2;
            scatter.MarkerSize = 8;
        }

        // Logarithmic, with a place for zero and a label for each measured point.
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            across.Select(x => Position(across, x)).ToArray(),
            across.Select(x => x.ToString("#,0.##", CultureInfo.InvariantCulture)).ToArray());
        plot.Title(curve.Title);
        plot.XLabel(curve.Across);
        plot.YLabel(curve.Up);
        plot.Axes.SetLimitsY(0, lines.Values.SelectMany(points => points.Values).Max() * 1.1);
        plot.ShowLegend(Alignment.LowerRight);
        plot.SavePng(file, Width, Height);
    }

    private static double Position(double[] across, double x)
    {
        var lowest = across.First(value => value > 0);
        return x > 0 ? Math.Log10(x) : Math.Log10(lowest) - 0.5;
    }
}
