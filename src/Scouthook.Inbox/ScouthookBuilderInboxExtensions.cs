using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook;
using Scouthook.Handling;
using Scouthook.Inbox;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Delivering.Handlers;
using Scouthook.Inbox.Delivering.Http;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Dispatching;
using Scouthook.Inbox.Receiving;
using Scouthook.Inbox.Reconciling;
using Scouthook.Inbox.Replaying;
using Scouthook.Inbox.Retention;
using Scouthook.Inbox.Sources;
using Scouthook.Inbox.Statistics;
using Scouthook.Inbox.Storage;
using Scouthook.Settings;
using Scouthook.Signing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a durable inbox to the receiver of webhooks.</summary>
public static class ScouthookBuilderInboxExtensions
{
    /// <summary>
    /// Stores every event before Help Scout gets its response, and delivers it from the store: to the registered
    /// handlers, and to the endpoints of the section <c>Scouthook:Endpoints</c>.
    /// </summary>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <para>Configured by <c>Scouthook:Inbox</c> and <c>Scouthook:Delivery</c>; the default store is the SQLite file
    /// <c>scouthook.db</c> in the directory <c>scouthook-data</c>.</para>
    /// <para>Every handler gets every event that it handles at least once, in storage order for events of one resource,
    /// across restarts and crashes. It is identified by its name: for a class the name of the type, for a lambda the name
    /// given. A handler that throws is retried by schedule; <see cref="RetryLaterException"/> and
    /// <see cref="GiveUpException"/> change that. A handler no longer registered keeps its pending deliveries.</para>
    /// <para>Invalid settings stop the app at startup, each listed with its key. Calling it twice is harmless.</para>
    /// </remarks>
    public static IScouthookBuilder AddInbox(this IScouthookBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        ReleaseCheck.Require(typeof(IScouthookBuilder).Assembly);
        AddServices(builder.Services);
        return builder;
    }

    /// <summary>
    /// Stores every event before Help Scout gets its response, and delivers it from the store; configured in code.
    /// </summary>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <param name="configure">Chooses the store and changes the options after the configuration has been read.</param>
    /// <returns>The same builder.</returns>
    /// <inheritdoc cref="AddInbox(IScouthookBuilder)" path="/remarks"/>
    public static IScouthookBuilder AddInbox(this IScouthookBuilder builder, Action<IInboxBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        configure(new InboxBuilder(builder.Services));
        return builder.AddInbox();
    }

    // Not inlined: types missing in another release of Scouthook must not be loaded before the check.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddServices(IServiceCollection services)
    {
        services.AddSettingsSection<InboxSection>();
        services.AddSettingsOptions<InboxOptions>();
        services.TryAddSingleton<LiveInboxSettings>();
        if (!services.Any(service => service.ServiceType == typeof(IStore)))
        {
            services.AddSqliteStore();
        }

        services.TryAddSingleton<StoreSignal>();
        services.TryAddSingleton<IStoreSignal>(provider => provider.GetRequiredService<StoreSignal>());
        services.TryAddSingleton(provider =>
            new LookupGate(() => LookupGate.DefaultLimit, provider.GetRequiredService<TimeProvider>()));
        AddReceiving(services);
        AddDelivering(services);
    }

    private static void AddReceiving(IServiceCollection services)
    {
        services.TryAddSingleton<InboxMetrics>();
        services.TryAddSingleton<AppendQueue>();
        services.Replace(ServiceDescriptor.Singleton<IWebhookReceiver, InboxReceiver>());
        services.TryAddSingleton<LiveSourceSecrets>();
        services.TryAddSingleton<ISourceSecrets>(provider => provider.GetRequiredService<LiveSourceSecrets>());
        services.TryAddSingleton<SourceSecretLoader>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, InboxStart>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SourceSecretLoader>(
            provider => provider.GetRequiredService<SourceSecretLoader>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ClockMonitor>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DeduplicationKeyCleanup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AppendQueue>(
            provider => provider.GetRequiredService<AppendQueue>()));
    }

    private static void AddDelivering(IServiceCollection services)
    {
        services.TryAddSingleton<LiveDeliverySettings>();
        services.TryAddSingleton<LiveEndpoints>();
        services.TryAddSingleton<DeclarationDisputes>();
        services.TryAddSingleton<IKeyRing>(provider => new FileXmlRepository(
            DataDirectory.KeysIn(provider.GetRequiredService<LiveInboxSettings>().DataDirectory),
            provider.GetRequiredService<LiveInboxSettings>().Current.FileMode));
        services.TryAddSingleton(provider => new SecretProtector(provider.GetRequiredService<IKeyRing>()));
        services.TryAddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<LiveDeliverySettings>();
            return new NetworkGuard(() => settings.Current.Network, System.Net.Dns.GetHostAddressesAsync);
        });
        services.TryAddOnStoreTime<WebhookSender>();
        services.TryAddSingleton<BlockedEndpoints>();
        services.TryAddSingleton<KeyRingCheck>();
        services.TryAddSingleton<EndpointMonitor>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDestinationProvider, HttpDestinationProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDestinationProvider, HandlerDestinationProvider>());
        services.TryAddSingleton<DestinationProviders>();
        services.TryAddSingleton<DispatchMetrics>();
        services.TryAddSingleton<DeliveryMetrics>();
        services.TryAddSingleton(provider => new AttemptExecutor(
            provider.GetRequiredService<LiveDeliverySettings>(),
            provider.GetRequiredService<DeliveryMetrics>(),
            provider.GetRequiredService<StoreClock>().WallClock,
            () => RandomNumberGenerator.GetInt32(1_000_001) / 1_000_000d,
            provider.GetRequiredService<ILogger<AttemptExecutor>>()));

        // In this order: declarations are stored before anything is dispatched, and all that before anything is
        // received.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EndpointReconciler>(
            provider => provider.CreateOnStoreTime<EndpointReconciler>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Dispatcher>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DeliveryWorkers>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EndpointMonitor>(
            provider => provider.GetRequiredService<EndpointMonitor>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Replayer>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RetentionWorker>());
        services.TryAddSingleton<StatisticsAggregator>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StatisticsAggregator>(
            provider => provider.GetRequiredService<StatisticsAggregator>()));
    }

    private sealed class InboxBuilder(IServiceCollection services) : IInboxBuilder
    {
        public IServiceCollection Services => services;
    }
}
