using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Checks that the disk of the store has free space: a full disk means 503 for every event.</summary>
internal sealed class DiskHealthCheck(string directory, long minFreeBytes) : IHealthCheck
{
    private const long MiB = 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var free = DiskSpace.FreeBytes(directory);
            return Task.FromResult(free >= minFreeBytes
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy(
                    $"{free / MiB} MiB are free on the disk of the data directory, less than the {minFreeBytes / MiB} MiB of "
                    + "Scouthook:Gateway:MinFreeDiskBytes."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The disk of the data directory cannot be checked."));
        }
    }
}
