using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Gateway.Api.Contracts;

namespace Scouthook.Gateway.Operating;

/// <summary>Puts the result of the health checks into JSON.</summary>
internal static class HealthAnswer
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        // Reasons name paths, sources and endpoints, and this address needs no key.
        return context.Response.WriteAsJsonAsync(new ReadyJson(Word(report.Status)), GatewayJsonContext.Default.ReadyJson);
    }

    public static HealthJson Of(HealthReport report) => new(
        Word(report.Status),
        report.Entries.ToDictionary(
            entry => entry.Key, entry => new HealthEntryJson(Word(entry.Value.Status), entry.Value.Description)));

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "notReady",
    };
}
