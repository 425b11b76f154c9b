using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Files;
using Scouthook.Inbox.Storage.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the contracts of a store with one SQLite file.</summary>
internal static class SqliteStoreServiceCollectionExtensions
{
    public static void AddSqliteStore(this IServiceCollection services)
    {
        services.TryAddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<LiveInboxSettings>();
            return new SqliteDatabase(
                settings.DatabasePath,
                settings.Current.FileMode,
                provider.GetRequiredService<ILogger<SqliteDatabase>>(),
                () => DataDirectoryFiles.HasKeyRing(settings.DataDirectory));
        });
        services.TryAddSingleton<SqliteWriter>();
        services.TryAddSingleton<StoreClock>(provider => provider.GetRequiredService<SqliteWriter>().Clock);
        services.TryAddSingleton<SqliteReader>();
        services.TryAddSingleton<IStore, SqliteStore>();
        services.TryAddSingleton<ILeadership, SoleNode>();
        services.TryAddSingleton<IClockStore, SqliteClockStore>();
        services.TryAddSingleton<SqliteTail>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SqliteIndexing>());
        services.TryAddSingleton<IInbox>(provider => new SqliteInbox(
            provider.GetRequiredService<SqliteWriter>(),
            provider.GetRequiredService<LiveInboxSettings>().Current.RepeatWindow,
            provider.GetRequiredService<SqliteTail>()));
        services.TryAddSingleton<IRetentionStore>(provider => new SqliteRetentionStore(
            provider.GetRequiredService<SqliteWriter>(),
            provider.GetRequiredService<LiveInboxSettings>().Current.RepeatWindow));
        services.TryAddSingleton<SqliteDeliveryQueue>();
        services.TryAddSingleton<IDispatchStore>(provider => provider.GetRequiredService<SqliteDeliveryQueue>());
        services.TryAddSingleton<IDeliveryQueue>(provider => provider.GetRequiredService<SqliteDeliveryQueue>());
        services.TryAddSingleton<IEventHistory, SqliteEventHistory>();
        services.TryAddSingleton<IDeliveryHistory, SqliteDeliveryHistory>();
        services.TryAddSingleton<IEndpointStore, SqliteEndpointStore>();
        services.TryAddSingleton<IReplayStore, SqliteReplayStore>();
        services.TryAddSingleton<IAccessStore, SqliteAccessStore>();
        services.TryAddSingleton<ISourceSecretStore, SqliteSourceSecretStore>();
        services.TryAddSingleton<IIdEndings, SqliteIdEndings>();
        services.TryAddSingleton<IChangeLog, SqliteChangeLog>();
        services.TryAddSingleton<IStatisticsStore, SqliteStatisticsStore>();
    }
}
