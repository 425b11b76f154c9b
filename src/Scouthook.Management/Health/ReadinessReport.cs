using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Management.Services;

namespace Scouthook.Management.Health;

/// <summary>
/// The result of the health checks, taken at most once a second: they access the disk, and any client may request it.
/// </summary>
internal sealed class ReadinessReport(HealthCheckService checks, TimeProvider timeProvider)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly SharedResult<HealthReport> _report = new(() => checks.CheckHealthAsync(), Period, timeProvider);

    public Task<HealthReport> GetAsync(CancellationToken cancellationToken) => _report.GetAsync(cancellationToken);

    public async Task WriteAsync(HttpContext context)
    {
        var report = await GetAsync(context.RequestAborted);
        context.Response.StatusCode = report.Status is HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store, no-cache";
        await HealthResponseWriter.WriteAsync(context, report);
    }
}
