using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Scouthook.Events;
using Scouthook.Handling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers handlers: classes and lambdas, each for one type of event, a family of them, or all.</summary>
public static class ScouthookBuilderExtensions
{
    /// <summary>Registers a class as handler of one type of event, a family of them, or all.</summary>
    /// <typeparam name="TEvent">
    /// One of the 26 records; a family, such as <see cref="ConversationEvent"/>; or <see cref="HelpScoutEvent"/> for
    /// every event, including unknown and unreadable ones.
    /// </typeparam>
    /// <typeparam name="THandler">The handler; registered as a scoped service unless it is registered already.</typeparam>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Its name in logs, metrics and the store is the name of the type. A service that its constructor needs and that is not
    /// registered prevents the app from starting, in every environment.
    /// </remarks>
    public static IScouthookBuilder AddHandler<
        TEvent, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IScouthookBuilder builder)
        where TEvent : HelpScoutEvent
        where THandler : class, IHelpScoutEventHandler<TEvent> =>
        builder.AddHandler<TEvent, THandler>(typeof(THandler).Name);

    /// <summary>Registers a class under a name that stays the same when the class is renamed.</summary>
    /// <typeparam name="TEvent">As for a class without a name.</typeparam>
    /// <typeparam name="THandler">The handler; registered as a scoped service unless it is registered already.</typeparam>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <param name="name">The name; it appears in logs and metrics and must be unique where events are stored.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty or whitespace.</exception>
    /// <remarks>If a service required by its constructor is not registered, the app does not start.</remarks>
    public static IScouthookBuilder AddHandler<
        TEvent, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IScouthookBuilder builder, string name)
        where TEvent : HelpScoutEvent
        where THandler : class, IHelpScoutEventHandler<TEvent>
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        builder.Services.TryAddScoped<THandler>();
        return Add<TEvent>(
            builder,
            name,
            (helpScoutEvent, context, cancellationToken) => context.Services.GetRequiredService<THandler>()
                .HandleAsync(helpScoutEvent, context, cancellationToken),
            typeof(THandler));
    }

    /// <summary>Registers a lambda as handler of one type of event, a family of them, or all.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <param name="handler">The handler: takes the event and a token. It throws to report that the event was not handled.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>With an inbox every handler needs a name: give one, or the app does not start.</remarks>
    public static IScouthookBuilder AddHandler<TEvent>(
        this IScouthookBuilder builder, Func<TEvent, CancellationToken, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(handler);

        return Add<TEvent>(builder, null, (helpScoutEvent, _, cancellationToken) => handler(helpScoutEvent, cancellationToken));
    }

    /// <summary>Registers a lambda as handler of one type of event, a family of them, or all.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <param name="handler">The handler: takes the event and how it came here. It throws to report that the event was not handled.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>With an inbox every handler needs a name: give one, or the app does not start.</remarks>
    [OverloadResolutionPriority(1)] // Chosen where a lambda would fit this overload and the one with a token equally well.
    public static IScouthookBuilder AddHandler<TEvent>(
        this IScouthookBuilder builder, Func<TEvent, EventContext, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(handler);

        return Add<TEvent>(builder, null, (helpScoutEvent, context, _) => handler(helpScoutEvent, context));
    }

    /// <summary>Registers a lambda as handler of one type of event, a family of them, or all.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <param name="handler">The handler: takes the event, how it came here, and a token. It throws to report that the event was not handled.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>With an inbox every handler needs a name: give one, or the app does not start.</remarks>
    public static IScouthookBuilder AddHandler<TEvent>(
        this IScouthookBuilder builder, Func<TEvent, EventContext, CancellationToken, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(handler);

        return Add(builder, null, handler);
    }

    /// <summary>Registers a lambda as handler of one type of event, a family of them, or all, under a name that stays the same from start to start.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <param name="name">The name; it appears in logs and metrics and must be unique where events are stored.</param>
    /// <param name="handler">The handler: takes the event and a token. It throws to report that the event was not handled.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty or whitespace.</exception>
    public static IScouthookBuilder AddHandler<TEvent>(
        this IScouthookBuilder builder, string name, Func<TEvent, CancellationToken, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);

        return Add<TEvent>(builder, name, (helpScoutEvent, _, cancellationToken) => handler(helpScoutEvent, cancellationToken));
    }

    /// <summary>Registers a lambda as handler of one type of event, a family of them, or all, under a name that stays the same from start to start.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <param name="name">The name; it appears in logs and metrics and must be unique where events are stored.</param>
    /// <param name="handler">The handler: takes the event and how it came here. It throws to report that the event was not handled.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty or whitespace.</exception>
    [OverloadResolutionPriority(1)] // Chosen where a lambda would fit this overload and the one with a token equally well.
    public static IScouthookBuilder AddHandler<TEvent>(
        this IScouthookBuilder builder, string name, Func<TEvent, EventContext, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);

        return Add<TEvent>(builder, name, (helpScoutEvent, context, _) => handler(helpScoutEvent, context));
    }

    /// <summary>Registers a lambda as handler of one type of event, a family of them, or all, under a name that stays the same from start to start.</summary>
    /// <typeparam name="TEvent">As for a class.</typeparam>
    /// <param name="builder">The builder that <c>AddScouthook</c> returns.</param>
    /// <param name="name">The name; it appears in logs and metrics and must be unique where events are stored.</param>
    /// <param name="handler">The handler: takes the event, how it came here, and a token. It throws to report that the event was not handled.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty or whitespace.</exception>
    public static IScouthookBuilder AddHandler<TEvent>(
        this IScouthookBuilder builder, string name, Func<TEvent, EventContext, CancellationToken, Task> handler)
        where TEvent : HelpScoutEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);

        return Add(builder, name, handler);
    }

    private static IScouthookBuilder Add<TEvent>(
        IScouthookBuilder builder,
        string? name,
        Func<TEvent, EventContext, CancellationToken, Task> handler,
        Type? handlerClrType = null)
        where TEvent : HelpScoutEvent
    {
        builder.Services.AddSingleton(new EventHandlerRegistration(
            name,
            typeof(TEvent),
            (helpScoutEvent, context, cancellationToken) => handler((TEvent)helpScoutEvent, context, cancellationToken),
            handlerClrType));
        return builder;
    }
}
