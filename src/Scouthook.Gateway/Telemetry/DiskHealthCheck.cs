using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Whether the disk of the data directory has room left: a full disk means 503 for every event.</summary>
internal sealed class DiskHealthCheck(string dataDirectory, long minFreeBytes) : IHealthCheck
{
    private const long MiB = 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var free = new DriveInfo(dataDirectory).AvailableFreeSpace;
            return Task.FromResult(free >= minFreeBytes
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy(
                    $"{free / MiB} MiB are free on the data directory's disk, less than the {minFreeBytes / MiB} MiB of "
                    + "Scouthook:Gateway:MinFreeDiskBytes."));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The data directory's disk cannot be looked at."));
        }
    }
}
