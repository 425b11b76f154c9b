using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Scouthook.AspNetCore;
using Scouthook.AspNetCore.Configuring;
using Scouthook.AspNetCore.Receiving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the receiving of Help Scout webhooks.</summary>
public static class ScouthookServiceCollectionExtensions
{
    /// <summary>Registers the receiving of Help Scout webhooks, configured by the section <c>Scouthook</c>.</summary>
    /// <param name="services">The services of the app.</param>
    /// <returns>A builder to register handlers with.</returns>
    /// <remarks>
    /// The least that is needed is one secret: <c>Scouthook:Sources:default:Secrets:0</c>. What is missing or wrong
    /// stops the app at start, every mistake listed with its key. Calling it twice is harmless.
    /// </remarks>
    public static ScouthookBuilder AddScouthook(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        var builder = new ScouthookBuilder(services);
        services.AddMetrics();
        services.AddOptions();
        services.TryAddSingleton<LiveSettings>();
        services.TryAddSingleton<ReceiveMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartCheck>());
        return builder;
    }

    /// <summary>Registers the receiving of Help Scout webhooks, configured by the section <c>Scouthook</c> and in code.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Changes the options after the configuration has been read; runs at every reload.</param>
    /// <returns>A builder to register handlers with.</returns>
    public static ScouthookBuilder AddScouthook(this IServiceCollection services, Action<ScouthookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        services.Configure(configure);
        return services.AddScouthook();
    }
}
