using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Scouthook.Inbox.Configuring;

/// <summary>The inbox settings in force.</summary>
internal sealed class LiveInboxSettings : LiveSection<InboxSettings>
{
    public LiveInboxSettings(IConfiguration configuration, ILogger<LiveInboxSettings> logger)
        : base(
            configuration,
            static (section, mistakes) => new InboxSettingsReader(section, mistakes).Read(),
            mistakes => InboxLog.ReloadRefused(logger, mistakes)) =>
        DatabasePath = Path.GetFullPath(Current.SqlitePath);

    /// <summary>The database file with its whole path, as it was at start: it cannot move while the app runs.</summary>
    public string DatabasePath { get; }
}
