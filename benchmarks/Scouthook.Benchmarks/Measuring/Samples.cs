namespace Scouthook.Benchmarks.Measuring;

internal static class Samples
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Returns the value below which a part of the ascending values lies.</summary>
    public static double At(IReadOnlyList<double> sorted, double part) =>
        sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)];
}
