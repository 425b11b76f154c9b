using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Scouthook.Gateway.Telemetry;

/// <summary>The signals to export by OTLP, according to the standard variables of OpenTelemetry.</summary>
/// <param name="Traces">True if traces are exported.</param>
/// <param name="Metrics">True if metrics are exported.</param>
/// <param name="Logs">True if log entries are exported.</param>
internal sealed record OtlpSettings(bool Traces, bool Metrics, bool Logs)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <summary>True if anything is exported. Otherwise nothing of OpenTelemetry is loaded.</summary>
    public bool Any => Traces || Metrics || Logs;

    /// <summary>Reads the variables: a signal is exported if there is an endpoint for it.</summary>
    /// <exception cref="OptionsValidationException">A variable is invalid; OpenTelemetry itself would ignore it.</exception>
    public static OtlpSettings Read(IConfiguration configuration)
    {
        if (bool.TryParse(configuration["OTEL_SDK_DISABLED"], out var isDisabled) && isDisabled)
        {
            return new OtlpSettings(Traces: false, Metrics: false, Logs: false);
        }

        var settings = new OtlpSettings(
            IsExported(configuration, "TRACES"), IsExported(configuration, "METRICS"), IsExported(configuration, "LOGS"));
        var mistakes = settings.Any ? Mistakes(configuration).ToList() : [];
        return mistakes.Count == 0 ? settings : throw new OptionsValidationException("OpenTelemetry", typeof(OtlpSettings), mistakes);
    }

    private static bool IsExported(IConfiguration configuration, string signal) =>
        !string.Equals(configuration[$"OTEL_{signal}_EXPORTER"]?.Trim(), "none", StringComparison.OrdinalIgnoreCase)
        && (!string.IsNullOrWhiteSpace(configuration[$"{Prefix}ENDPOINT"])
            || !string.IsNullOrWhiteSpace(configuration[$"{Prefix}{signal}_ENDPOINT"]));

    private static IEnumerable<string> Mistakes(IConfiguration configuration)
    {
        foreach (var signal in new[] { "", "TRACES_", "METRICS_", "LOGS_" })
        {
            var (endpoint, protocol) = ($"{Prefix}{signal}ENDPOINT", $"{Prefix}{signal}PROTOCOL");
            if (configuration[endpoint] is { } address && !string.IsNullOrWhiteSpace(address)
                && (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
            {
                yield return $"{endpoint} is \"{address}\". It must be a URL with http or https, such as http://localhost:4317.";
            }

            if (configuration[protocol] is { Length: > 0 } name and not ("grpc" or "http/protobuf"))
            {
                yield return $"{protocol} is \"{name}\". It must be grpc or http/protobuf.";
            }
        }
    }
}
