namespace Scouthook.Inbox.Configuring;

/// <summary>Validated inbox settings.</summary>
internal sealed record InboxSettings
{
    public const string DefaultDataDirectory = "./scouthook-data";

    private static readonly InboxOptions Defaults = new();

    /// <summary>The directory for the store and the keys that protect it.</summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    /// <summary>The SQLite file.</summary>
    public string SqlitePath { get; init; } = Path.Combine(DefaultDataDirectory, "scouthook.db");

    /// <summary>True if the store is a database that other nodes may have filled, and not <see cref="SqlitePath"/>.</summary>
    public bool IsDatabase { get; init; }

    /// <summary>How the database is reached, if the configuration says so.</summary>
    public StoreConnection? Database { get; init; }

    /// <summary>How long an equal request counts as a repeat.</summary>
    public TimeSpan RepeatWindow { get; init; } = Defaults.RepeatWindow;

    /// <summary>How long events are kept.</summary>
    public TimeSpan Retention { get; init; } = Defaults.Retention;

    /// <summary>How long dead letters and their events are kept.</summary>
    public TimeSpan DeadLetterRetention { get; init; } = Defaults.DeadLetterRetention;

    /// <summary>The maximum number of bytes of requests that may wait for a commit.</summary>
    public long MaxBytesInFlight { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long a request waits for its commit before it gets a 503.</summary>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The permissions of the files of the store: 0600, or 0640 for a backup group.</summary>
    public UnixFileMode FileMode { get; init; } = Defaults.FileMode;
}
