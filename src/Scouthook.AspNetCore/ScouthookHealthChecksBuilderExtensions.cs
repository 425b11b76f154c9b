using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scouthook.AspNetCore.Configuring;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of receiving to the app's health checks.</summary>
public static class ScouthookHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check named <c>scouthook</c>: unhealthy when a source has no valid secret, degraded when a changed
    /// configuration was rejected or a source's last secret expires within seven days.
    /// </summary>
    /// <param name="builder">The app's health checks.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddScouthook(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.Add(new HealthCheckRegistration(
            "scouthook",
            services => new ReceivingHealthCheck(
                services.GetRequiredService<LiveSettings>(), services.GetRequiredService<TimeProvider>()),
            failureStatus: null,
            tags: null));
    }
}
