using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>What a client measured.</summary>
/// <param name="Answered">The requests answered with 200.</param>
/// <param name="Elapsed">The time they took.</param>
/// <param name="Milliseconds">The time of each, in ascending order.</param>
internal sealed record Load(int Answered, TimeSpan Elapsed, double[] Milliseconds)
{
    public double PerSecond => Answered / Elapsed.TotalSeconds;

    public double P50 => Samples.At(Milliseconds, 0.5);

    public double P99 => Samples.At(Milliseconds, 0.99);
}
