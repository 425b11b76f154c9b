using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scouthook;
using Scouthook.Inbox;
using Scouthook.Inbox.Storage;
using Scouthook.Testing.Storing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Prepares an app with an inbox for tests.</summary>
public static class ScouthookTestingServiceCollectionExtensions
{
    /// <summary>Gives the inbox a temporary store, and retries failed attempts at once.</summary>
    /// <param name="services">The services of the app, after its own <c>AddInbox</c>: call it in <c>ConfigureTestServices</c>.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// <para>Every host gets a new directory, which is deleted when the host is disposed, so any number of hosts may run beside
    /// each other. It takes precedence over the data directory and database path of the configuration and of
    /// <c>UseSqlite</c>. Endpoints that the configuration declares stay and are delivered to.</para>
    /// <para>Neither the retry schedule nor the delay of a <c>RetryLaterException</c> takes time, whatever clock the app has.
    /// The number of attempts stays the one of the schedule, so a handler that always fails soon makes a dead letter.</para>
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddInbox</c> has not been called.</exception>
    public static IServiceCollection AddTestInbox(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        ReleaseCheck.Require(typeof(ScouthookBuilderInboxExtensions).Assembly);
        if (services.Any(service => service.ImplementationType == typeof(TemporaryStore)))
        {
            return services;
        }

        var queue = services.LastOrDefault(service => service.ServiceType == typeof(IDeliveryQueue))
            ?? throw new InvalidOperationException(
                "There is no inbox to replace the store of. Call AddTestInbox() after AddInbox(): in a WebApplicationFactory, "
                + "in ConfigureTestServices.");
        services.AddSingleton<IPostConfigureOptions<InboxOptions>, TemporaryStore>();
        services.Replace(ServiceDescriptor.Singleton<IDeliveryQueue>(
            provider => new ImmediateRetryQueue(Create(queue, provider))));
        return services;
    }

    private static IDeliveryQueue Create(ServiceDescriptor queue, IServiceProvider provider) => (IDeliveryQueue)(
        queue.ImplementationInstance
        ?? queue.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, queue.ImplementationType!));
}
