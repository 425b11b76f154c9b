using Microsoft.Extensions.Hosting;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Validates the settings at startup; they would otherwise be validated only when first used.</summary>
internal sealed class SettingsStartupCheck(LiveSettings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = settings.Current;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
