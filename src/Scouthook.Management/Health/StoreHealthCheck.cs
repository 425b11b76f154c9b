using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Inbox.Storage;

namespace Scouthook.Management.Health;

/// <summary>Checks whether the store can be written.</summary>
internal sealed class StoreHealthCheck(IStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await store.CheckAsync(cancellationToken) is { } problem
            ? HealthCheckResult.Unhealthy(problem)
            : HealthCheckResult.Healthy();
}
