namespace Scouthook.Benchmarks.Measuring;

/// <summary>The figures of a row, round by round.</summary>
internal sealed class Measurement
{
    private readonly List<double> _values = [];
    private readonly List<double> _yardsticks = [];

    public int Rounds => _values.Count;

    public double Value => Samples.Median(_values);

    public double Lowest => _values.Min();

    public double Highest => _values.Max();

    public double? Yardstick => _yardsticks.Count > 0 ? Samples.Median(_yardsticks) : null;

    /// <summary>The ratios of each round, in ascending order.</summary>
    public double[] Ratios => [.. _values.Zip(_yardsticks, (value, yardstick) => value / yardstick).Order()];

    public double? Ratio => _yardsticks.Count > 0 ? Samples.Median(Ratios) : null;

    public void Add(double value, double? yardstick)
    {
        _values.Add(value);
        if (yardstick is { } figure)
        {
            _yardsticks.Add(figure);
        }
    }
}
