using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>The current inbox settings.</summary>
internal sealed class LiveInboxSettings : Settings<InboxSettings>
{
    public LiveInboxSettings(SettingsMonitor monitor)
        : base(monitor)
    {
        DatabasePath = Path.GetFullPath(Current.SqlitePath);
        DataDirectory = Path.GetFullPath(Current.DataDirectory);
    }

    /// <summary>The full path of the database file, fixed at startup: it cannot move while the app runs.</summary>
    public string DatabasePath { get; }

    /// <summary>The full path of the data directory, fixed at startup.</summary>
    public string DataDirectory { get; }
}
