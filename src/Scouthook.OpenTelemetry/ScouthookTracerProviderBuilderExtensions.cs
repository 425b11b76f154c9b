using Scouthook;
using Scouthook.Handling;

namespace OpenTelemetry.Trace;

/// <summary>Adds the traces of Scouthook to OpenTelemetry.</summary>
public static class ScouthookTracerProviderBuilderExtensions
{
    /// <summary>
    /// Traces each event from the request that brings it to its handlers and endpoints, across restarts. Works with and
    /// without the instrumentation of ASP.NET Core, whose spans become the parents.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static TracerProviderBuilder AddScouthookInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ReleaseCheck.Require(typeof(ScouthookTelemetry).Assembly);
        return builder.AddSource(ScouthookTelemetry.ActivitySourceName);
    }
}
