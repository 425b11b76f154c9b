using System.Globalization;
using Microsoft.Extensions.Configuration;
using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>Reads the inbox's part of the section <c>Scouthook</c> and notes every mistake with its key.</summary>
internal sealed class InboxSettingsReader(IConfiguration configuration, List<string> mistakes)
{
    // Far beyond any use, and within what instants can be moved by and timers can wait for.
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(3_650);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private static readonly InboxSettings Defaults = new();

    public InboxSettings Read()
    {
        if (configuration["Scouthook:Inbox:Store"] is { Length: > 0 } store
            && !store.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            mistakes.Add("Scouthook:Inbox:Store must be Sqlite; no other store is installed.");
        }

        var settings = new InboxSettings
        {
            SqlitePath = configuration["Scouthook:Inbox:Sqlite:Path"] is { Length: > 0 } path
                ? path
                : Defaults.SqlitePath,
            RepeatWindow = Duration("Scouthook:Inbox:RepeatWindow", Defaults.RepeatWindow, LongestWindow),
            Retention = Duration("Scouthook:Inbox:Retention", Defaults.Retention, LongestWindow),
            DeadLetterRetention = Duration(
                "Scouthook:Inbox:DeadLetterRetention", Defaults.DeadLetterRetention, LongestWindow),
            MaxBytesInFlight = Bytes("Scouthook:Receiver:MaxBytesInFlight", Defaults.MaxBytesInFlight),
            FileMode = FileMode(),
            CommitTimeout = Duration("Scouthook:Receiver:CommitTimeout", Defaults.CommitTimeout, LongestTimeout),
        };
        if (settings.Retention < settings.RepeatWindow)
        {
            mistakes.Add(
                "Scouthook:Inbox:Retention must not be shorter than RepeatWindow: a repeat is recognised by the event that "
                + "it repeats.");
        }

        if (settings.DeadLetterRetention < settings.Retention)
        {
            mistakes.Add("Scouthook:Inbox:DeadLetterRetention must not be shorter than Retention.");
        }

        return settings;
    }

    private TimeSpan Duration(string key, TimeSpan otherwise, TimeSpan longest)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (!DurationText.TryRead(text, out var duration, out var problem))
        {
            mistakes.Add($"{key} {problem}");
            return otherwise;
        }

        if (duration <= TimeSpan.Zero)
        {
            mistakes.Add($"{key} must be more than 0.");
            return otherwise;
        }

        if (duration > longest)
        {
            mistakes.Add($"{key} must be at most {longest:c}.");
            return otherwise;
        }

        return duration;
    }

    private UnixFileMode FileMode()
    {
        const string key = "Scouthook:Inbox:FileMode";
        switch (configuration[key])
        {
            case null or "" or "0600":
                return Defaults.FileMode;
            case "0640":
                return Defaults.FileMode | UnixFileMode.GroupRead;
            default:
                mistakes.Add($"{key} must be 0600, or 0640 for a group that makes backups.");
                return Defaults.FileMode;
        }
    }

    private long Bytes(string key, long otherwise)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0)
        {
            return bytes;
        }

        mistakes.Add($"{key} must be a whole number of bytes, more than 0.");
        return otherwise;
    }
}
