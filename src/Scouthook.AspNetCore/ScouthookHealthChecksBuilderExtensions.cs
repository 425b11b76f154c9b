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
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">
    /// What is reported when a source has no live secret; <see langword="null"/>: <see cref="HealthStatus.Unhealthy"/>.
    /// </param>
    /// <param name="tags">Tags to select the check by; <see langword="null"/>: none.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>The check needs <c>AddScouthook</c> on the services of the app.</remarks>
    public static IHealthChecksBuilder AddScouthook(
        this IHealthChecksBuilder builder,
        string name = "scouthook",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        return builder.Add(new HealthCheckRegistration(
            name,
            services => new ReceivingHealthCheck(
                services.GetRequiredService<LiveSettings>(),
                services.GetRequiredService<LiveSecrets>(),
                services.GetRequiredService<TimeProvider>()),
            failureStatus,
            tags));
    }
}
