using Microsoft.Extensions.Hosting;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Makes invalid settings stop the app at start: they are read and validated when they are first asked for.</summary>
internal sealed class SettingsStartupCheck(LiveSettings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = settings.Current;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
