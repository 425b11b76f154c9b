using System.Diagnostics;

namespace Scouthook.Handling;

/// <summary>The names under which metrics and traces are published.</summary>
public static class ScouthookTelemetry
{
    /// <summary>The name of the meter: <c>Scouthook</c>.</summary>
    public const string MeterName = "Scouthook";

    /// <summary>The name of the activity source: <c>Scouthook</c>.</summary>
    public const string ActivitySourceName = "Scouthook";

    internal static ActivitySource Activities { get; } = new(ActivitySourceName);
}
