using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Scouthook.Handling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the handling of events without anything of HTTP.</summary>
public static class ScouthookCoreServiceCollectionExtensions
{
    /// <summary>Registers the handling of events for an app that receives requests by means of its own.</summary>
    /// <param name="services">The services of the app; those of a host, which bring logging and metrics.</param>
    /// <returns>A builder to register handlers with.</returns>
    /// <remarks>
    /// An ASP.NET Core app calls <c>AddScouthook</c> instead, which includes this. Others give each verified request to
    /// <see cref="IWebhookReceiver"/>. A handler class that cannot be created because a service is missing stops the host at
    /// start. Calling it twice is harmless.
    /// </remarks>
    public static IScouthookBuilder AddScouthookCore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventHandlerTable>();
        services.TryAddSingleton<HandlingMetrics>();
        services.TryAddSingleton<UnreadMembersReport>();
        services.TryAddSingleton<IWebhookReceiver, HandlerReceiver>();
        services.TryAddSingleton(new ServiceDependencies(services));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HandlerStartupCheck>());
        return new Builder(services);
    }

    private sealed class Builder(IServiceCollection services) : IScouthookBuilder
    {
        public IServiceCollection Services => services;
    }
}
