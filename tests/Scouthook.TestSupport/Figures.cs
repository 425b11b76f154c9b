using System.Globalization;

namespace Scouthook.TestSupport;

/// <summary>Prints measurements for readers of the test output.</summary>
internal static class Figures
{
    public static void Print(FormattableString line) =>
        TestContext.Current.TestOutputHelper?.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The value of a metric without labels, from Prometheus text.</summary>
    public static double Metric(string text, string name)
    {
        var line = text.Split('\n').SingleOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        Assert.True(line is not null, $"there is no metric {name}");
        return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
