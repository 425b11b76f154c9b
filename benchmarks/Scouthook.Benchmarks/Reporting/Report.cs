using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Scouthook.Benchmarks.Reporting;

/// <summary>Writes the measurements as Markdown with the machine at its head.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    public Report()
    {
        var cpu = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[1].Trim()
            : null;
        _text.AppendLine("# Results")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"- {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC")
            .AppendLine(CultureInfo.InvariantCulture, $"- {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}")
            .AppendLine(CultureInfo.InvariantCulture, $"- {Environment.ProcessorCount} × {cpu ?? "unknown processor"}")
            .AppendLine(CultureInfo.InvariantCulture, $"- {RuntimeInformation.FrameworkDescription}")
            .AppendLine(CultureInfo.InvariantCulture, $"- load of the machine at start: {LoadAverage()}")
            .AppendLine();
    }

    public void Title(string title)
    {
        Console.Error.WriteLine(title);
        _text.AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
    }

    public void Line(string line)
    {
        Console.Error.WriteLine(line);
        _text.AppendLine(line);
    }

    /// <summary>One comparison: figures of both sides round by round, and the ratio with its spread.</summary>
    public void Compare(
        string subject, string yardstick, string unit, IReadOnlyList<double> subjects, IReadOnlyList<double> yardsticks,
        string aim)
    {
        var ratios = subjects.Zip(yardsticks, (one, other) => one / other).Order().ToArray();
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"- **{subject}** {Median(subjects):N1} {unit}, {yardstick} {Median(yardsticks):N1} {unit}: "
            + $"**{Median(ratios):0.00} ×** (from {ratios[0]:0.00} to {ratios[^1]:0.00} in {ratios.Length} rounds; aim {aim})"));
    }

    public override string ToString() => _text.ToString();

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static string LoadAverage() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
