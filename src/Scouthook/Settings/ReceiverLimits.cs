namespace Scouthook.Settings;

/// <summary>The receiving limits that a store shares with the receiving endpoint.</summary>
internal sealed record ReceiverLimits
{
    public const string Section = "Receiver";

    /// <summary>The members of the section, some of which a store uses.</summary>
    public static readonly IReadOnlyList<string> Members = ["MaxBodyBytes", "MaxBytesInFlight", "CommitTimeout", "BodyTimeout"];

    public static readonly TimeSpan LongestCommitTimeout = SettingsRules.Day;

    /// <summary>The maximum number of bytes of bodies in memory, being read or waiting to be stored.</summary>
    public long MaxBytesInFlight { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long a request waits for its event to be stored.</summary>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads them if nothing else reads the section.</summary>
    public static ReceiverLimits Read(SettingsReader root)
    {
        var defaults = new ReceiverLimits();
        var reader = root.Section(Section);
        reader.RejectOthers(Members);
        return new ReceiverLimits
        {
            MaxBytesInFlight = reader.Number("MaxBytesInFlight", defaults.MaxBytesInFlight, 1, long.MaxValue),
            CommitTimeout = reader.Duration("CommitTimeout", defaults.CommitTimeout, LongestCommitTimeout),
        };
    }
}
