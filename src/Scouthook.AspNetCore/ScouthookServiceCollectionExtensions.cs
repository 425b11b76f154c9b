using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Scouthook;
using Scouthook.AspNetCore;
using Scouthook.AspNetCore.Configuring;
using Scouthook.AspNetCore.Mapping;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Settings;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the receiver of Help Scout webhooks.</summary>
public static class ScouthookServiceCollectionExtensions
{
    /// <summary>Registers the receiver of Help Scout webhooks, configured by the section <c>Scouthook</c>.</summary>
    /// <param name="services">The services of the app.</param>
    /// <returns>A builder to register handlers with.</returns>
    /// <remarks>
    /// The only required setting is one secret: <c>Scouthook:Sources:default:Secrets:0</c>. Invalid settings stop the
    /// app at startup, all of them listed with their keys; a later invalid change is rejected as a whole and the last
    /// valid settings stay. Calling it twice is harmless.
    /// </remarks>
    public static IScouthookBuilder AddScouthook(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        ReleaseCheck.Require(typeof(IScouthookBuilder).Assembly);
        return AddReceiving(services);
    }

    /// <summary>
    /// Registers the receiver of Help Scout webhooks, configured by the section <c>Scouthook</c> and in code.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Changes the options after the configuration has been read; runs at every reload.</param>
    /// <returns>A builder to register handlers with.</returns>
    public static IScouthookBuilder AddScouthook(this IServiceCollection services, Action<ScouthookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        services.Configure(configure);
        return services.AddScouthook();
    }

    // Not inlined: types missing in another release of Scouthook must not be loaded before the check.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IScouthookBuilder AddReceiving(IServiceCollection services)
    {
        var builder = services.AddScouthookCore();
        services.AddMetrics();
        services.Replace(ServiceDescriptor.Singleton<IConfigurationSources, FrameworkConfigurationSources>());
        services.AddSettingsSection<ReceiverSection>();
        services.AddSettingsOptions<ScouthookOptions>();
        services.TryAddSingleton<DefaultSourcePath>();
        services.TryAddSingleton<LiveSettings>();
        services.TryAddSingleton<LiveSecrets>();
        services.TryAddSingleton<ISourceRules>(provider => provider.GetRequiredService<LiveSettings>());
        services.TryAddSingleton<ReceiveMetrics>();
        services.TryAddSingleton<RefusalLog>();
        services.TryAddSingleton<BodyBudget>();
        services.TryAddSingleton<SegmentPool>();
        services.TryAddSingleton<RequestBodyReader>();
        services.TryAddSingleton<SourceAddressLog>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SettingsStartupCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SourceAddressLog>(
            provider => provider.GetRequiredService<SourceAddressLog>()));
        return builder;
    }
}
