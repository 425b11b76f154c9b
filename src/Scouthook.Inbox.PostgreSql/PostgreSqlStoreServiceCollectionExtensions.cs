using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.PostgreSql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the contracts of a store with a PostgreSQL database.</summary>
internal static class PostgreSqlStoreServiceCollectionExtensions
{
    private const string Name = "PostgreSql";

    /// <summary>Registers the store with the connection that the configuration gives.</summary>
    public static void AddPostgreSqlStore(this IServiceCollection services)
    {
        services.TryAddSingleton(new InstalledStore(Name, IsSetInCode: false, FindProblem));
        services.AddPostgreSqlStore(provider =>
        {
            var connection = provider.GetRequiredService<LiveInboxSettings>().Current.Database!;
            return new PostgreSqlOptions
            {
                ConnectionString = connection.ConnectionString,
                ListenConnectionString = connection.ListenConnectionString,
            };
        });
    }

    /// <summary>Registers the store with the connection that code gives.</summary>
    public static void AddPostgreSqlStore(this IServiceCollection services, PostgreSqlOptions options)
    {
        services.TryAddSingleton(new InstalledStore(Name, IsSetInCode: true, FindProblem));
        services.AddPostgreSqlStore(_ => options);
    }

    /// <returns>The problem with a connection string; <see langword="null"/> if it can be read.</returns>
    public static string? FindProblem(string connectionString)
    {
        try
        {
            return PostgreSqlDatabase.Settings(connectionString).Host is { Length: > 0 }
                ? null
                : "must name the server: Host=…;Database=…;Username=….";
        }
        catch (ArgumentException)
        {
            // Without its message, which quotes the text.
            return "is not a connection string of Npgsql: Host=…;Database=…;Username=….";
        }
    }

    private static void AddPostgreSqlStore(this IServiceCollection services, Func<IServiceProvider, PostgreSqlOptions> options)
    {
        services.TryAddSingleton(provider => new PostgreSqlDatabase(
            options(provider).ConnectionString!, hasOwnClock: true, provider.GetRequiredService<ILogger<PostgreSqlDatabase>>()));
        services.TryAddSingleton(provider => new PostgreSqlListening(
            provider.GetRequiredService<PostgreSqlDatabase>(),
            options(provider).ListenConnectionString ?? options(provider).ConnectionString!,
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<PostgreSqlNotifier>();
        services.TryAddSingleton(provider => new PostgreSqlTimeProvider(
            provider.GetRequiredService<PostgreSqlDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new StoreClock(provider.GetRequiredService<PostgreSqlTimeProvider>()));
        services.TryAddSingleton<PostgreSqlWriter>();
        services.TryAddSingleton<PostgreSqlReader>();
        services.TryAddSingleton<PostgreSqlChangeNumbers>();
        services.TryAddSingleton<IStore, PostgreSqlStore>();
        services.TryAddSingleton<ILeadership, PostgreSqlLeadership>();
        services.TryAddSingleton<IClockStore, PostgreSqlClockStore>();
        services.TryAddSingleton<IInbox>(provider => new PostgreSqlInbox(
            provider.GetRequiredService<PostgreSqlWriter>(),
            provider.GetRequiredService<LiveInboxSettings>().Current.RepeatWindow));
        services.TryAddSingleton<IRetentionStore>(provider => new PostgreSqlRetentionStore(
            provider.GetRequiredService<PostgreSqlWriter>(),
            provider.GetRequiredService<PostgreSqlChangeNumbers>(),
            provider.GetRequiredService<LiveInboxSettings>().Current.RepeatWindow));
        services.TryAddSingleton<PostgreSqlDeliveryQueue>();
        services.TryAddSingleton<IDispatchStore>(provider => provider.GetRequiredService<PostgreSqlDeliveryQueue>());
        services.TryAddSingleton<IDeliveryQueue>(provider => provider.GetRequiredService<PostgreSqlDeliveryQueue>());
        services.TryAddSingleton<IEventHistory, PostgreSqlEventHistory>();
        services.TryAddSingleton<IDeliveryHistory, PostgreSqlDeliveryHistory>();
        services.TryAddSingleton<IEndpointStore, PostgreSqlEndpointStore>();
        services.TryAddSingleton<IReplayStore, PostgreSqlReplayStore>();
        services.TryAddSingleton<IAccessStore, PostgreSqlAccessStore>();
        services.TryAddSingleton<ISourceSecretStore, PostgreSqlSourceSecretStore>();
        services.TryAddSingleton<IIdEndings, PostgreSqlIdEndings>();
        services.TryAddSingleton<IChangeLog, PostgreSqlChangeLog>();
        services.TryAddSingleton<IStatisticsStore, PostgreSqlStatisticsStore>();
        services.TryAddSingleton<IKeyRing, PostgreSqlKeyRing>();
    }
}
