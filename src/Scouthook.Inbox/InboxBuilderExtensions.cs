using Scouthook.Inbox;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the store of the inbox and changes its options.</summary>
public static class InboxBuilderExtensions
{
    /// <summary>Stores events in a SQLite file. That is also the default, with the file of the configuration.</summary>
    /// <param name="builder">The builder that <c>AddInbox</c> passes.</param>
    /// <param name="path">The database file; it takes precedence over <c>Scouthook:Inbox:Sqlite:Path</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The path is empty or whitespace.</exception>
    public static IInboxBuilder UseSqlite(this IInboxBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);

        return builder.Configure(options => options.Sqlite.Path = path);
    }

    /// <summary>Changes the options after the configuration has been read; runs at every reload.</summary>
    /// <param name="builder">The builder that <c>AddInbox</c> passes.</param>
    /// <param name="configure">Changes the options: retention, delivery, endpoints and so on.</param>
    /// <returns>The same builder.</returns>
    public static IInboxBuilder Configure(this IInboxBuilder builder, Action<InboxOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(configure);
        return builder;
    }
}
