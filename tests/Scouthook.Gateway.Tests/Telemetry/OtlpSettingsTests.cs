using Microsoft.Extensions.Configuration;
using Scouthook.Gateway.Telemetry;

namespace Scouthook.Gateway.Tests.Telemetry;

/// <summary>Which signals the variables of OpenTelemetry turn on.</summary>
public sealed class OtlpSettingsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("traces metrics logs", "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317")]
    [InlineData("traces", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://tempo:4318/v1/traces", "OTEL_EXPORTER_OTLP_ENDPOINT= ")]
    [InlineData("metrics logs", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://a:1", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://b:1")]
    [InlineData("traces logs", "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317", "OTEL_METRICS_EXPORTER=none")]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317", "OTEL_SDK_DISABLED=TRUE")]
    [InlineData("", "OTEL_EXPORTER_OTLP_ENDPOINT=nonsense", "OTEL_SDK_DISABLED=true")]
    [InlineData("traces metrics logs", "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317", "OTEL_SDK_DISABLED=no")]
    public void Signals_with_an_endpoint_are_exported_unless_turned_off(string signals, params string[] variables)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(variables.Where(variable => variable.Length > 0)
            .Select(variable => variable.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1]))).Build();

        var settings = OtlpSettings.Read(configuration);

        Assert.Equal(
            signals,
            string.Join(' ', new[] { settings.Traces ? "traces" : "", settings.Metrics ? "metrics" : "", settings.Logs ? "logs" : "" }
                .Where(name => name.Length > 0)));
        Assert.Equal(signals.Length > 0, settings.Any);
    }
}
