using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Settings;

namespace Scouthook.Management.Health;

/// <summary>Checks whether the configured settings are in effect.</summary>
internal sealed class SettingsHealthCheck(SettingsMonitor settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(settings switch
        {
            { Mistakes: { IsEmpty: false } mistakes } => HealthCheckResult.Degraded(
                $"The changed configuration was rejected: {string.Join(' ', mistakes)}"),
            { NeedRestart: { IsEmpty: false } keys } => HealthCheckResult.Healthy(
                $"Changes that take effect at the next start: {string.Join(", ", keys)}."),
            _ => HealthCheckResult.Healthy(),
        });
}
