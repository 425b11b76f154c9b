using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Warns before events start being rejected, and while a changed configuration is not in effect.</summary>
internal sealed class ReceivingHealthCheck(LiveSettings settings, LiveSecrets secrets, TimeProvider timeProvider) : IHealthCheck
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(7);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var sources = settings.Current.Sources.Values;
        if (!secrets.AreKnown)
        {
            return Task.FromResult(new HealthCheckResult(
                context.Registration.FailureStatus,
                "The secrets in the store have not been read yet; until then events get a 503 and are sent again."));
        }

        if (sources.FirstOrDefault(source => !secrets.Of(source.Name).AnyLive) is { } silent)
        {
            return Task.FromResult(new HealthCheckResult(
                context.Registration.FailureStatus,
                $"All secrets of source {silent.Name} have expired; its events are rejected."));
        }

        if (!settings.Mistakes.IsEmpty)
        {
            return Task.FromResult(HealthCheckResult.Degraded(
                $"The changed configuration was rejected: {string.Join(' ', settings.Mistakes)}"));
        }

        var soon = timeProvider.GetUtcNow() + Notice;
        return Task.FromResult(sources.FirstOrDefault(source => !secrets.Of(source.Name).All.Any(entry => entry.Secret.IsLive(soon))) is { } due
            ? HealthCheckResult.Degraded($"The last secret of source {due.Name} expires within seven days.")
            : HealthCheckResult.Healthy());
    }
}
