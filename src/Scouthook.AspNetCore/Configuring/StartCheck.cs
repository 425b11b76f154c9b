using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Makes invalid settings stop the app at start, and says what is in force.</summary>
internal sealed class StartCheck(LiveSettings settings, ILogger<StartCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var source in settings.Current.Sources.Values)
        {
            var secrets = string.Join(
                ", ",
                source.Secrets.All.Select(it => it.ExpiresAt is { } end ? $"{it} until {end:O}" : it.ToString()));
            ReceiveLog.SourceReady(logger, source.Name, source.Path, secrets);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
