using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Scouthook.Handling;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Receiving;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a durable inbox behind the receiving of webhooks.</summary>
internal static class ScouthookBuilderInboxExtensions
{
    /// <summary>Stores every event before Help Scout gets its answer, configured by <c>Scouthook:Inbox</c>.</summary>
    public static ScouthookBuilder AddInbox(this ScouthookBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton<LiveInboxSettings>();
        services.TryAddSingleton<InboxMetrics>();
        services.TryAddSingleton(provider =>
            new SqliteDatabase(provider.GetRequiredService<LiveInboxSettings>().DatabasePath));
        services.TryAddSingleton<SqliteWriter>();
        services.TryAddSingleton<IInbox>(provider => new SqliteInbox(
            provider.GetRequiredService<SqliteWriter>(),
            provider.GetRequiredService<LiveInboxSettings>().Current.RepeatWindow));
        services.TryAddSingleton<IEventHistory, SqliteEventHistory>();
        services.TryAddSingleton<AppendQueue>();
        services.Replace(ServiceDescriptor.Singleton<IWebhookReceiver, InboxReceiver>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, InboxStart>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyUpkeep>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AppendQueue>(
            provider => provider.GetRequiredService<AppendQueue>()));
        return builder;
    }
}
