using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>Validates the settings of the store.</summary>
internal static class InboxSettingsBuilder
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnerAndGroup = OwnerOnly | UnixFileMode.GroupRead;

    public const string FileModeRule = "must be 0600, or 0640 to let a group make backups.";

    private const string DatabaseName = "scouthook.db";

    public static InboxSettings Build(InboxOptions options, ReceiverLimits limits, SettingsDraft draft)
    {
        Check("RepeatWindow", options.RepeatWindow);
        Check("Retention", options.Retention);
        Check("DeadLetterRetention", options.DeadLetterRetention);
        draft.Check(
            $"{InboxSection.Inbox}:FileMode", options.FileMode is OwnerOnly or OwnerAndGroup ? null : FileModeRule);
        draft.Check(
            $"{InboxSection.Inbox}:Retention",
            options.Retention < options.RepeatWindow
                ? "must not be shorter than RepeatWindow: recognising a repeat requires the original event."
                : null);
        draft.Check(
            $"{InboxSection.Inbox}:DeadLetterRetention",
            options.DeadLetterRetention < options.Retention ? "must not be shorter than Retention." : null);

        var directory = options.DataDirectory ?? InboxSettings.DefaultDataDirectory;
        return new InboxSettings
        {
            DataDirectory = directory,
            SqlitePath = options.Sqlite.Path ?? Path.Combine(directory, DatabaseName),
            RepeatWindow = options.RepeatWindow,
            Retention = options.Retention,
            DeadLetterRetention = options.DeadLetterRetention,
            FileMode = options.FileMode,
            MaxBytesInFlight = limits.MaxBytesInFlight,
            CommitTimeout = limits.CommitTimeout,
        };

        void Check(string name, TimeSpan value) => draft.Check(
            $"{InboxSection.Inbox}:{name}", SettingsRules.DurationProblem(value, SettingsRules.TenYears));
    }
}
