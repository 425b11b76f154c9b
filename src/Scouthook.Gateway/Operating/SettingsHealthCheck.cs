using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Declaring;

namespace Scouthook.Gateway.Operating;

/// <summary>Whether what is configured for storing and delivering is what is in force.</summary>
internal sealed class SettingsHealthCheck(LiveInboxSettings inbox, LiveDeliverySettings delivery, LiveEndpoints endpoints)
    : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string?[] mistakes = [inbox.Mistakes, delivery.Mistakes, endpoints.Mistakes];
        return Task.FromResult(mistakes.Any(it => it is not null)
            ? HealthCheckResult.Degraded(
                $"The changed configuration was not taken: {string.Join(' ', mistakes.Where(it => it is not null))}")
            : HealthCheckResult.Healthy());
    }
}
