namespace Scouthook.Inbox;

/// <summary>Configures the SQLite store.</summary>
public sealed class SqliteOptions
{
    /// <summary>The database file.</summary>
    /// <value>The default is <c>scouthook.db</c> in the data directory.</value>
    public string? Path { get; set; }
}
