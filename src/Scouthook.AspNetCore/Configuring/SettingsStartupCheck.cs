using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>
/// Makes invalid settings stop the app at startup, and logs the current sources, now and after changes.
/// </summary>
internal sealed class SettingsStartupCheck(LiveSettings settings, ILogger<SettingsStartupCheck> logger) : IHostedService, IDisposable
{
    private Dictionary<string, (string Path, string Secrets)> _logged = [];
    private IDisposable? _changes;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogSources();
        _changes = settings.OnChange(LogSources);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _changes?.Dispose();

    private void LogSources()
    {
        var sources = settings.Current.Sources.Values.ToDictionary(source => source.Name, source => (source.Path, Describe(source)));
        foreach (var (name, source) in sources)
        {
            if (!_logged.TryGetValue(name, out var before) || before != source)
            {
                var (path, secrets) = source;
                ReceiveLog.SourceReady(logger, name, path, secrets);
            }
        }

        foreach (var name in _logged.Keys.Except(sources.Keys))
        {
            ReceiveLog.SourceGone(logger, name, _logged[name].Path);
        }

        _logged = sources;
    }

    private static string Describe(SourceSettings source) => string.Join(
        ", ", source.Secrets.All.Select(secret => secret.ExpiresAt is { } end ? $"{secret} until {end:O}" : secret.ToString()));
}
