using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Gateway.Api.Contracts;

namespace Scouthook.Gateway.Operating;

/// <summary>Writes the result of the health checks as JSON.</summary>
internal static class HealthAnswer
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var answer = new HealthJson(
            Word(report.Status),
            report.Entries.ToDictionary(
                entry => entry.Key, entry => new HealthEntryJson(Word(entry.Value.Status), entry.Value.Description)));
        return context.Response.WriteAsJsonAsync(answer, GatewayJsonContext.Default.HealthJson);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "notReady",
    };
}
