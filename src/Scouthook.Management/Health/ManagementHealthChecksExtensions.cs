using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Scouthook.Management.Health;

/// <summary>Registers the health checks of management, separate from those of the host.</summary>
internal static class ManagementHealthChecksExtensions
{
    public static void AddManagementHealthChecks(this IServiceCollection services, IEnumerable<ManagementHealthCheck> further)
    {
        var checks = services.AddHealthChecks()
            .AddScouthook()
            .AddCheck<StoreHealthCheck>("store")
            .AddCheck<SettingsHealthCheck>("settings")
            .AddCheck<KeysHealthCheck>("keys")
            .AddCheck<NodesHealthCheck>("nodes")
            .AddCheck<RegistrationsHealthCheck>("webhooks");
        foreach (var check in further)
        {
            checks.Add(new HealthCheckRegistration(check.Name, _ => check.Create(), HealthStatus.Unhealthy, null));
        }

        services.AddSingleton<ReadinessReport>();
    }
}
