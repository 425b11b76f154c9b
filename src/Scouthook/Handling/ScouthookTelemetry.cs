using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Scouthook.Handling;

/// <summary>The names under which metrics and traces are published.</summary>
public static class ScouthookTelemetry
{
    /// <summary>The name of the meter: <c>Scouthook</c>.</summary>
    public const string MeterName = "Scouthook";

    /// <summary>The name of the activity source: <c>Scouthook</c>.</summary>
    public const string ActivitySourceName = "Scouthook";

    internal static ActivitySource Activities { get; } = new(ActivitySourceName);

    /// <summary>The buckets of durations: the usual ones begin at five seconds.</summary>
    internal static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>The buckets of sizes in bytes.</summary>
    internal static InstrumentAdvice<long> Bytes { get; } = new()
    {
        HistogramBucketBoundaries = [256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216],
    };

    /// <summary>The buckets of numbers of events.</summary>
    internal static InstrumentAdvice<int> Counts { get; } = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    };
}
