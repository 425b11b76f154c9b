using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Exports traces, metrics and log entries by OTLP.</summary>
/// <remarks>
/// OpenTelemetry reads its variables itself. Its queues are bounded and drop what does not fit, so a collector that is away
/// costs nothing but the telemetry. Only this class refers to it, so that it is not loaded without an exporter.
/// </remarks>
internal static class OtlpExport
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(WebApplicationBuilder builder, OtlpSettings settings)
    {
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(Describe)
            .WithTracing(tracing =>
            {
                if (settings.Traces)
                {
                    tracing.AddScouthookInstrumentation();
                }
            })
            .WithMetrics(metrics =>
            {
                if (settings.Metrics)
                {
                    metrics.AddScouthookInstrumentation().AddMeter("System.Runtime", "Microsoft.AspNetCore.Server.Kestrel");
                }
            })
            .WithLogging(configureBuilder: null, options => options.IncludeFormattedMessage = true)
            .UseOtlpExporter();
        builder.Services.AddSingleton<ExportFailures>();
        if (!settings.Logs)
        {
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.None);
        }

        // It logs the query of each request, which for the management API may be an e-mail address.
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>("Microsoft.AspNetCore.Hosting", LogLevel.Warning);
    }

    /// <summary>Starts reporting failures.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Watch(IServiceProvider services) => services.GetRequiredService<ExportFailures>();

    /// <summary>Names the service; <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> take precedence.</summary>
    private static void Describe(ResourceBuilder resource) => resource.Clear()
        .AddService(
            "scouthook",
            serviceVersion: typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
                .InformationalVersion.Split('+')[0])
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
