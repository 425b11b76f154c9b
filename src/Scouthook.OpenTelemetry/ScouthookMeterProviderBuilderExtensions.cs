using Scouthook;
using Scouthook.Handling;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the metrics of Scouthook to OpenTelemetry.</summary>
public static class ScouthookMeterProviderBuilderExtensions
{
    /// <summary>
    /// Collects the metrics of receiving, handling, storing and delivering. The histograms advise buckets that fit them.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static MeterProviderBuilder AddScouthookInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ReleaseCheck.Require(typeof(ScouthookTelemetry).Assembly);
        return builder.AddMeter(ScouthookTelemetry.MeterName);
    }
}
