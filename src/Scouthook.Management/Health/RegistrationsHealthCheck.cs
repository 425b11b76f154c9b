using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Management.Watching;

namespace Scouthook.Management.Health;

/// <summary>Checks whether the watched registrations in Help Scout are enabled and as expected.</summary>
/// <remarks>The gateway receives whatever arrives, so it is degraded and not unhealthy.</remarks>
internal sealed class RegistrationsHealthCheck(RegistrationStatuses statuses) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problems = statuses.All
            .Where(status => status.Value.State is not RegistrationCondition.Ok)
            .Select(status => $"Source {status.Key}: {string.Join(' ', status.Value.Problems)}")
            .ToList();
        return Task.FromResult(problems.Count > 0
            ? HealthCheckResult.Degraded(string.Join(' ', problems))
            : HealthCheckResult.Healthy());
    }
}
