using Scouthook;
using Scouthook.Inbox.PostgreSql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Stores the inbox in PostgreSQL.</summary>
public static class PostgreSqlInboxBuilderExtensions
{
    /// <summary>Stores events in a PostgreSQL database, which several nodes may share.</summary>
    /// <param name="builder">The builder that <c>AddInbox</c> passes.</param>
    /// <param name="connectionString">The connection string of the database, as Npgsql reads it.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The connection string is empty or whitespace.</exception>
    public static IInboxBuilder UsePostgreSql(this IInboxBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        return builder.UsePostgreSql(options => options.ConnectionString = connectionString);
    }

    /// <summary>Stores events in a PostgreSQL database, which several nodes may share; configured in code.</summary>
    /// <param name="builder">The builder that <c>AddInbox</c> passes.</param>
    /// <param name="configure">Sets the connection strings.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">A connection string is missing or cannot be read.</exception>
    /// <remarks>
    /// The tables are created and upgraded when the app starts. The server must be PostgreSQL 14 or later. What an app stored
    /// in a SQLite file before stays there.
    /// </remarks>
    public static IInboxBuilder UsePostgreSql(this IInboxBuilder builder, Action<PostgreSqlOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        ReleaseCheck.Require(typeof(IInboxBuilder).Assembly);
        var options = new PostgreSqlOptions();
        configure(options);
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            throw new ArgumentException("PostgreSQL requires a connection string.", nameof(configure));
        }

        if (PostgreSqlStoreServiceCollectionExtensions.FindProblem(options.ConnectionString) is { } problem)
        {
            throw new ArgumentException($"The connection string {problem}", nameof(configure));
        }

        builder.Services.AddPostgreSqlStore(options);
        return builder;
    }
}
