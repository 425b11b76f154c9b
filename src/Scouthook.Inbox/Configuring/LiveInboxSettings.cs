using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Scouthook.Inbox.Configuring;

/// <summary>The inbox settings in force. Invalid ones stop the app at start; later, the last valid ones stay.</summary>
internal sealed class LiveInboxSettings : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<LiveInboxSettings> _logger;
    private readonly IDisposable _changes;
    private volatile InboxSettings _current;

    public LiveInboxSettings(IConfiguration configuration, ILogger<LiveInboxSettings> logger)
    {
        _configuration = configuration;
        _logger = logger;

        var mistakes = new List<string>();
        _current = new InboxSettingsReader(configuration, mistakes).Read();
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException("Scouthook", typeof(InboxSettings), mistakes);
        }

        DatabasePath = Path.GetFullPath(_current.SqlitePath);
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public InboxSettings Current => _current;

    /// <summary>The database file with its whole path, as it was at start: it cannot move while the app runs.</summary>
    public string DatabasePath { get; }

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        var mistakes = new List<string>();
        var next = new InboxSettingsReader(_configuration, mistakes).Read();
        if (mistakes.Count > 0)
        {
            InboxLog.ReloadRefused(_logger, string.Join(' ', mistakes));
            return;
        }

        _current = next;
    }
}
