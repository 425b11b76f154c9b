using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Scouthook;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Storage;
using Scouthook.Management;
using Scouthook.Management.Authentication;
using Scouthook.Management.Hosting;
using Scouthook.Management.Services;
using Scouthook.Management.Watching;
using Scouthook.Registrations.Configuring;
using Scouthook.Settings;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the management of an app that receives with a durable inbox.</summary>
public static class ScouthookManagementServiceCollectionExtensions
{
    /// <summary>Registers the management API, configured by the section <c>Scouthook:Management</c>.</summary>
    /// <param name="services">The services of the app; also requires <c>AddScouthook().AddInbox()</c>.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Nothing answers until <c>MapScouthookManagement</c> is called. Calling this twice is harmless.</remarks>
    public static IServiceCollection AddScouthookManagement(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        ReleaseCheck.Require(typeof(IScouthookBuilder).Assembly);
        ReleaseCheck.Require(typeof(ScouthookBuilderInboxExtensions).Assembly);
        return AddServices(services);
    }

    /// <summary>Registers the management API, configured by the section <c>Scouthook:Management</c> and in code.</summary>
    /// <param name="services">The services of the app; also requires <c>AddScouthook().AddInbox()</c>.</param>
    /// <param name="configure">Changes the options after the configuration has been read; runs at every reload.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddScouthookManagement(
        this IServiceCollection services, Action<ScouthookManagementOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        services.Configure(configure);
        return services.AddScouthookManagement();
    }

    // Not inlined: what another release lacks must not be looked up before the check.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IServiceCollection AddServices(IServiceCollection services)
    {
        services.AddSettingsSection<ManagementSection>();
        services.AddSettingsOptions<ScouthookManagementOptions>();
        services.TryAddSingleton<AdminKey>();
        services.TryAddOnStoreTime<ApiKeyLookup>();
        services.TryAddSingleton<WrongKeyLimiter>();
        services.TryAddOnStoreTime<AuditRecorder>();
        services.TryAddSingleton<ChangeLogReadGate>();
        services.TryAddSingleton<EndpointValidator>();
        services.TryAddSingleton<EventService>();
        services.TryAddOnStoreTime<EndpointService>();
        services.TryAddSingleton<DeliveryService>();
        services.TryAddSingleton<ReplayService>();
        services.TryAddSingleton<OverviewService>();
        services.TryAddSingleton<ChangeService>();
        services.TryAddOnStoreTime<KeyService>();
        services.TryAddOnStoreTime<SourceSecretService>();
        services.TryAddSingleton<AuditService>();
        services.AddHelpScoutSettings();
        services.TryAddSingleton<RegistrationStatuses>();
        services.TryAddSingleton<RegistrationMetrics>();
        services.TryAddSingleton<OwnRefusals>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReceiveObserver, OwnRefusals>(
            provider => provider.GetRequiredService<OwnRefusals>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RegistrationMonitor>());
        services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var settings = provider.GetRequiredService<SettingsMonitor>();
            return new LookupGate(
                () => settings.Current.Get<ScouthookManagementOptions>().MaxLookups, provider.GetRequiredService<TimeProvider>());
        }));
        return services;
    }
}
