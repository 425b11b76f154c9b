using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Inbox.Reconciling;
using Scouthook.Inbox.Storage;

namespace Scouthook.Management.Health;

/// <summary>Checks whether the nodes that share the store agree about what is declared, and says how they learn of each other.</summary>
/// <remarks>Events are received and delivered all the same, so the gateway is degraded and not unhealthy.</remarks>
internal sealed class NodesHealthCheck(IStore store, DeclarationDisputes disputes) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(disputes.Description is { } dispute
            ? HealthCheckResult.Degraded(store.Sharing is { } sharing ? $"{dispute} {sharing}" : dispute)
            : HealthCheckResult.Healthy(store.Sharing));
}
