namespace Scouthook.Inbox;

/// <summary>Configures the durable inbox: where events are stored, how long they are kept, and where they are delivered.</summary>
/// <remarks>
/// Read from the sections <c>Scouthook:Inbox</c>, <c>Scouthook:Delivery</c> and <c>Scouthook:Endpoints</c> of the app's
/// configuration, then changed by the app in code. Reloaded without a restart, together with all other settings of
/// Scouthook: as a whole, or not at all. Members that cannot change while the app runs say so;
/// <c>IOptionsMonitor&lt;InboxOptions&gt;</c> returns the current settings.
/// </remarks>
public sealed class InboxOptions
{
    /// <summary>The directory for the store and the keys that protect it. Needs a restart.</summary>
    /// <value>
    /// The default is <c>./scouthook-data</c>; if only the path of the database is set, the directory of the database.
    /// </value>
    public string? DataDirectory { get; set; }

    /// <summary>The SQLite store. Needs a restart.</summary>
    public SqliteOptions Sqlite { get; } = new();

    /// <summary>How the store is reached, if it is a database and not a file.</summary>
    internal StoreConnection? Database { get; set; }

    /// <summary>How long an equal request counts as a repeat. Needs a restart.</summary>
    /// <value>The default is 48 hours.</value>
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromHours(48);

    /// <summary>How long events are kept. Deliveries still pending then become dead letters.</summary>
    /// <value>The default is 30 days; not less than <see cref="RepeatWindow"/>.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long dead letters and their events are kept.</summary>
    /// <value>The default is 90 days; not less than <see cref="Retention"/>.</value>
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The permissions of the files that the store creates. Needs a restart.</summary>
    /// <value>The default is 0600; 0640 lets a group read them, for backups.</value>
    public UnixFileMode FileMode { get; set; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How deliveries are attempted. Keys: <c>Scouthook:Delivery</c>.</summary>
    public DeliveryOptions Delivery { get; } = new();

    /// <summary>The endpoints by name. Keys: <c>Scouthook:Endpoints:&lt;name&gt;</c>.</summary>
    public IDictionary<string, WebhookEndpointOptions> Endpoints { get; } =
        new Dictionary<string, WebhookEndpointOptions>(StringComparer.OrdinalIgnoreCase);
}
