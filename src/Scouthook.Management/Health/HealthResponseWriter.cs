using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Health;

/// <summary>Writes the result of the health checks as JSON.</summary>
internal static class HealthResponseWriter
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        // Reasons name paths, sources and endpoints, and this path requires no key.
        return context.Response.WriteAsJsonAsync(new ReadyView(Word(report.Status)), ManagementJsonContext.Default.ReadyView);
    }

    public static HealthView Of(HealthReport report) => new(
        Word(report.Status),
        report.Entries.ToDictionary(
            entry => entry.Key, entry => new HealthEntryView(Word(entry.Value.Status), entry.Value.Description)));

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "notReady",
    };
}
