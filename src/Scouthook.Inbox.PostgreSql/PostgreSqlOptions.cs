namespace Scouthook.Inbox.PostgreSql;

/// <summary>Configures the PostgreSQL store.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>The connection string of the database, as Npgsql reads it. Needs a restart.</summary>
    /// <value>Required. It may lead to a pooler in transaction mode.</value>
    public string? ConnectionString { get; set; }

    /// <summary>The connection string for notifications between nodes, direct and not through a pooler. Needs a restart.</summary>
    /// <value>The default is <see cref="ConnectionString"/>. Where notifications do not arrive, the node polls.</value>
    public string? ListenConnectionString { get; set; }
}
