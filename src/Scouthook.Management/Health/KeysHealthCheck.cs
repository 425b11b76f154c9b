using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Storage;

namespace Scouthook.Management.Health;

/// <summary>Checks whether the key ring decrypts the secrets of all endpoints.</summary>
/// <remarks>Without it events are still received and stored, so the gateway is degraded and not unhealthy.</remarks>
internal sealed class KeysHealthCheck(KeyRingCheck keys) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await keys.FindAsync(cancellationToken) is { } trouble
                ? HealthCheckResult.Degraded(trouble.Reason)
                : HealthCheckResult.Healthy();
        }
        catch (InboxUnavailableException)
        {
            return HealthCheckResult.Degraded("The key ring cannot be checked while the store cannot be read.");
        }
    }
}
