using System.Globalization;
using System.Text;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Reporting;

/// <summary>Writes the figures of a run as Markdown, and its curves as images beside it.</summary>
internal static class ResultsFile
{
    public const string NotMeasured = "not measured";

    /// <returns>What could not be measured: rows and curves without figures.</returns>
    public static IReadOnlyList<string> Missing(Run run, IReadOnlyList<IBenchmark> benchmarks) =>
    [
        .. benchmarks.SelectMany(benchmark => benchmark.Rows).Where(row => run.Find(row) is null).Select(row => row.What),
        .. benchmarks.SelectMany(benchmark => benchmark.Curves).Where(curve => run.Find(curve).Count == 0).Select(curve => curve.Title),
    ];

    /// <summary>Returns the results as Markdown.</summary>
    /// <param name="run">The run.</param>
    /// <param name="benchmarks">The benchmarks that were run.</param>
    /// <param name="head">Lines about the machine.</param>
    /// <param name="images">The directory of the images, relative to the file; <see langword="null"/> without images.</param>
    public static string Render(Run run, IReadOnlyList<IBenchmark> benchmarks, IEnumerable<string> head, string? images)
    {
        var text = new StringBuilder("# Results\n\n")
            .AppendJoin('\n', head).Append("\n\n")
            .Append("A ratio is the median of the ratios of all rounds, with its lowest and highest. The bound applies to the median.\n");
        foreach (var benchmark in benchmarks)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {benchmark.Title}\n\n{benchmark.Notes}\n");
            if (benchmark.Rows.Count > 0)
            {
                text.Append("\n| what | measured | yardstick | ratio | bound | holds |\n|---|---|---|---|---|---|\n");
                foreach (var row in benchmark.Rows)
                {
                    text.Append(Line(row, run.Find(row))).Append('\n');
                }
            }

            foreach (var curve in benchmark.Curves)
            {
                Append(text, curve, run.Find(curve), images);
            }
        }

        return text.ToString();
    }

    private static string Line(Row row, Measurement? measurement)
    {
        if (measurement is null)
        {
            return $"| {row.What} | {NotMeasured} | {row.Yardstick} | | {row.Aim} | |";
        }

        var value = $"{Figure(measurement.Value)} {row.Unit}";
        if (measurement.Rounds > 1 && measurement.Yardstick is null)
        {
            value += $" ({Figure(measurement.Lowest)}–{Figure(measurement.Highest)})";
        }

        var yardstick = measurement.Yardstick is { } figure ? $"{row.Yardstick}: {Figure(figure)} {row.Unit}" : "";
        var ratio = measurement.Ratio is { } median ? $"**{Ratio(median)} ×**" : "";
        if (measurement.Ratio is not null && measurement.Rounds > 1)
        {
            ratio += $" ({Ratio(measurement.Ratios[0])}–{Ratio(measurement.Ratios[^1])})";
        }

        var holds = row.Aim is null ? "" : row.Aim.Holds(measurement.Value, measurement.Ratio) ? "yes" : "**no**";
        return $"| {row.What} | {value} | {yardstick} | {ratio} | {row.Aim} | {holds} |";
    }

    private static void Append(
        StringBuilder text, Curve curve, IReadOnlyDictionary<string, SortedDictionary<double, double>> lines, string? images)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {curve.Title}\n");
        if (lines.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{NotMeasured}\n");
            return;
        }

        if (images is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n![{curve.Title}]({images}/{curve.Name}.png)\n");
        }

        var across = lines.Values.SelectMany(points => points.Keys).Distinct().Order().ToArray();
        text.Append(CultureInfo.InvariantCulture, $"\n| {curve.Across} | {string.Join(" | ", lines.Keys.Select(name => $"{name}, {curve.Up}"))} |\n")
            .Append('|').Insert(text.Length, "---|", lines.Count + 1).Append('\n');
        foreach (var x in across)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {x:#,0.##} | ")
                .AppendJoin(" | ", lines.Values.Select(points => points.TryGetValue(x, out var y) ? Figure(y) : "–"))
                .Append(" |\n");
        }
    }

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Figure(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
