using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Scouthook.Events;
using Scouthook.Handling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers an app's handlers of Help Scout events. Returned by <c>AddScouthook</c>.</summary>
public sealed class ScouthookBuilder
{
    /// <summary>Creates a builder for a collection of services.</summary>
    /// <param name="services">The services of the app.</param>
    public ScouthookBuilder(IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        Services = services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventHandlerTable>();
        services.TryAddSingleton<HandlingMetrics>();
        services.TryAddSingleton<UnreadMembersReport>();
        services.TryAddSingleton<IWebhookReceiver, HandlerReceiver>();
    }

    /// <summary>The services of the app.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Registers a class as handler of one type of event, a family of them, or all.</summary>
    /// <typeparam name="TEvent">
    /// One of the 26 records; a family, such as <see cref="ConversationEvent"/>; or <see cref="HelpScoutEvent"/> for
    /// every event, including unknown and unreadable ones.
    /// </typeparam>
    /// <typeparam name="THandler">The handler; registered as a scoped service unless it is registered already.</typeparam>
    /// <returns>This builder.</returns>
    /// <remarks>Its name in logs, metrics and the store is the name of the type.</remarks>
    public ScouthookBuilder AddHandler<
        TEvent, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TEvent : HelpScoutEvent
        where THandler : class, IHelpScoutEventHandler<TEvent> =>
        AddHandler<TEvent, THandler>(typeof(THandler).Name);

    /// <summary>Registers a class under a name that stays the same when the class is renamed.</summary>
    /// <typeparam name="TEvent">As for a class without a name.</typeparam>
    /// <typeparam name="THandler">The handler; registered as a scoped service unless it is registered already.</typeparam>
    /// <param name="name">The name; it appears in logs and metrics and must be unique where events are stored.</param>
    /// <returns>This builder.</returns>
    public ScouthookBuilder AddHandler<
        TEvent, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(string name)
        where TEvent : HelpScoutEvent
        where THandler : class, IHelpScoutEventHandler<TEvent>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        Services.TryAddScoped<THandler>();
        return Add<TEvent>(
            name,
            (helpScoutEvent, context, cancellationToken) => context.Services.GetRequiredService<THandler>()
                .HandleAsync(helpScoutEvent, context, cancellationToken));
    }

    /// <summary>Registers a lambda as handler of one type of event, a family of them, or all.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="handler">The handler. Throw an exception if the event was not handled.</param>
    /// <returns>This builder.</returns>
    public ScouthookBuilder AddHandler<TEvent>(Func<TEvent, CancellationToken, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentNullException.ThrowIfNull(handler);

        return Add<TEvent>(null, (helpScoutEvent, _, cancellationToken) => handler(helpScoutEvent, cancellationToken));
    }

    /// <summary>Registers a lambda that also receives the context of the event.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="handler">The handler. Throw an exception if the event was not handled.</param>
    /// <returns>This builder.</returns>
    public ScouthookBuilder AddHandler<TEvent>(Func<TEvent, EventContext, CancellationToken, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentNullException.ThrowIfNull(handler);

        return Add(null, handler);
    }

    /// <summary>Registers a lambda under a name that stays the same across restarts.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="name">The name; it appears in logs and metrics and must be unique where events are stored.</param>
    /// <param name="handler">The handler. Throw an exception if the event was not handled.</param>
    /// <returns>This builder.</returns>
    public ScouthookBuilder AddHandler<TEvent>(
        string name, Func<TEvent, EventContext, CancellationToken, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);

        return Add(name, handler);
    }

    private ScouthookBuilder Add<TEvent>(string? name, Func<TEvent, EventContext, CancellationToken, Task> handler)
        where TEvent : HelpScoutEvent
    {
        Services.AddSingleton(new EventHandlerRegistration(
            name,
            typeof(TEvent),
            (helpScoutEvent, context, cancellationToken) => handler((TEvent)helpScoutEvent, context, cancellationToken)));
        return this;
    }
}
