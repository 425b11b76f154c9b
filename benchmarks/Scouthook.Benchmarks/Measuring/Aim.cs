using System.Globalization;

namespace Scouthook.Benchmarks.Measuring;

/// <summary>The bound that the median of a row must keep.</summary>
internal sealed record Aim
{
    private readonly double _bound;
    private readonly bool _isMinimum;
    private readonly string? _unit;

    private Aim(double bound, bool isMinimum, string? unit)
    {
        _bound = bound;
        _isMinimum = isMinimum;
        _unit = unit;
    }

    /// <summary>The bound, if it is one of the ratio and not of the value.</summary>
    public double? Ratio => _unit is null ? _bound : null;

    public static Aim RatioAtLeast(double bound) => new(bound, isMinimum: true, unit: null);

    public static Aim RatioAtMost(double bound) => new(bound, isMinimum: false, unit: null);

    public static Aim ValueAtMost(double bound, string unit) => new(bound, isMinimum: false, unit);

    public bool Holds(double value, double? ratio) =>
        (_unit is null ? ratio : value) is { } figure && (_isMinimum ? figure >= _bound : figure <= _bound);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(_isMinimum ? '≥' : '≤')} {_bound:0.##} {_unit ?? "×"}");
}
