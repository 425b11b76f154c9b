using Scouthook.Inbox;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the inbox in code. Passed to <c>AddInbox</c>.</summary>
public sealed class InboxBuilder
{
    internal InboxBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the app.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Stores events in a SQLite file. That is also the default, with the file of the configuration.</summary>
    /// <param name="path">The database file; it takes precedence over <c>Scouthook:Inbox:Sqlite:Path</c>.</param>
    /// <returns>This builder.</returns>
    public InboxBuilder UseSqlite(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);

        return Configure(options => options.Sqlite.Path = path);
    }

    /// <summary>Changes the options after the configuration has been read; runs at every reload.</summary>
    /// <param name="configure">Changes the options: retention, delivery, endpoints and so on.</param>
    /// <returns>This builder.</returns>
    public InboxBuilder Configure(Action<InboxOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);

        Services.Configure(configure);
        return this;
    }
}
