namespace Scouthook.Benchmarks.Measuring;

/// <summary>One figure of the results.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Unit">The unit of the value and of the yardstick.</param>
/// <param name="Yardstick">What it is compared with in the same run.</param>
/// <param name="Aim">The bound that must be kept.</param>
internal sealed record Row(string What, string Unit, string? Yardstick = null, Aim? Aim = null);
