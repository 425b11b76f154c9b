using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>The inbox settings in force.</summary>
internal sealed class LiveInboxSettings : Settings<InboxSettings>
{
    public LiveInboxSettings(SettingsMonitor monitor)
        : base(monitor)
    {
        DatabasePath = Path.GetFullPath(Current.SqlitePath);
        DataDirectory = Path.GetFullPath(Current.DataDirectory);
    }

    /// <summary>The database file with its whole path, as it was at start: it cannot move while the app runs.</summary>
    public string DatabasePath { get; }

    /// <summary>The data directory with its whole path, as it was at start.</summary>
    public string DataDirectory { get; }
}
