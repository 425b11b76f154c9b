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
    public static void AddPostgreSqlStore(this IServiceCollection services, Func<IServiceProvider, PostgreSqlOptions> options)
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
