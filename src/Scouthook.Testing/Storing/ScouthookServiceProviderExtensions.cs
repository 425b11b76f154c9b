using Microsoft.Extensions.DependencyInjection;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Testing.Storing;

namespace Scouthook.Testing;

/// <summary>Lets a test wait for what an app with an inbox does after it has answered.</summary>
public static class ScouthookServiceProviderExtensions
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Waits until every event received so far is handled: dispatched, and each of its deliveries delivered, dead-lettered or
    /// discarded.
    /// </summary>
    /// <param name="services">The services of a running app, for example <c>factory.Services</c>.</param>
    /// <param name="timeout">
    /// How long to wait, in real time whatever clock the app has; <see langword="null"/>: 30 seconds.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>All deliveries since the store was created, the oldest first. Those of a failed handler are among them.</returns>
    /// <remarks>
    /// Woken by the store, so it ends as soon as there is nothing left to do. Also ends at once if nothing was received. The
    /// deliveries of a paused or disabled endpoint stay pending and are waited for.
    /// </remarks>
    /// <exception cref="TimeoutException">
    /// Something is still pending; the message lists events, handlers and endpoints with their last errors.
    /// </exception>
    /// <exception cref="InvalidOperationException">The app has no inbox.</exception>
    /// <example>
    /// <code>
    /// await client.SendHelpScoutEventAsync("/webhook", "convo.created", secret);
    /// await factory.Services.WaitUntilHandledAsync();
    /// </code>
    /// </example>
    public static async Task<IReadOnlyList<HandledDelivery>> WaitUntilHandledAsync(
        this IServiceProvider services, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);

        var signal = services.GetService<IStoreSignal>()
            ?? throw new InvalidOperationException("The app has no inbox to wait for: it does not call AddInbox().");
        var waiter = new DeliveryWaiter(
            signal,
            services.GetRequiredService<IEventHistory>(),
            services.GetRequiredService<IEndpointStore>(),
            services.GetRequiredService<IStatisticsStore>(),
            services.GetRequiredService<IDeliveryHistory>(),
            TimeProvider.System);
        var deliveries = await waiter.WaitAsync(timeout ?? DefaultTimeout, cancellationToken);
        return [.. deliveries.Select(ToHandled)];
    }

    private static HandledDelivery ToHandled(Delivery delivery)
    {
        var isDelivered = delivery.State is DeliveryState.Delivered;
        return new HandledDelivery(
            delivery.EventId,
            delivery.EventType,
            delivery.EndpointName,
            isDelivered,
            delivery.Attempts,
            isDelivered ? null : delivery.StateReason ?? delivery.LastError);
    }
}
