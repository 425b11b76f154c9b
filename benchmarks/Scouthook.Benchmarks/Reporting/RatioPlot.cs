using ScottPlot;
using ScottPlot.TickGenerators;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Reporting;

/// <summary>Draws every ratio with its spread, as a share of its bound.</summary>
internal static class RatioPlot
{
    private const int Width = 1_200;
    private const int HeightPerRow = 34;

    public static bool Save(Run run, IEnumerable<Row> rows, string file)
    {
        var drawn = rows.Where(row => row.Aim?.Ratio is not null && run.Find(row)?.Ratio is not null).Reverse().ToArray();
        if (drawn.Length == 0)
        {
            return false;
        }

        Plots.UseFont();
        using var plot = new Plot();
        for (var place = 0; place < drawn.Length; place++)
        {
            var (row, ratios) = (drawn[place], run.Find(drawn[place])!.Ratios);
            var bound = row.Aim!.Ratio!.Value;
            var holds = row.Aim.Holds(0, Samples.Median(ratios));
            var color = holds ? Colors.SteelBlue : Colors.OrangeRed;
            var line = plot.Add.Line(ratios[0] / bound, place, ratios[^1] / bound, place);
            line.LineWidth = 3;
            line.LineColor = color;
            plot.Add.Marker(Samples.Median(ratios) / bound, place, MarkerShape.FilledCircle, 9, color);
        }

        plot.Add.VerticalLine(1, 2, Colors.Black, LinePattern.Dashed);
        plot.Axes.Left.TickGenerator = new NumericManual(
            Enumerable.Range(0, drawn.Length).Select(place => (double)place).ToArray(),
            drawn.Select(row => $"{row.What}, {row.Aim}").ToArray());
        plot.Title("Ratio / bound: median and spread");
        plot.XLabel("≥ holds right of 1, ≤ left of it; red does not hold");
        plot.Axes.SetLimitsY(-1, drawn.Length);
        plot.SavePng(file, Width, 140 + (drawn.Length * HeightPerRow));
        return true;
    }
}
