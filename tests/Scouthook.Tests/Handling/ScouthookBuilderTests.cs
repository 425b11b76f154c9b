using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Handling;

public class ScouthookBuilderTests
{
    [Fact]
    public void Second_builder_over_the_same_services_registers_nothing_twice()
    {
        var services = new ServiceCollection();

        var once = services.AddScouthookCore().Services.Count;
        var twice = services.AddScouthookCore().Services.Count;

        Assert.Equal(once, twice);
        Assert.Single(services, service => service.ServiceType == typeof(IWebhookReceiver));
    }

    [Fact]
    public void Handler_class_registered_for_two_event_types_is_one_service()
    {
        var services = new ServiceCollection();

        services.AddScouthookCore().AddHandler<TagCreated, Both>().AddHandler<TagDeleted, Both>("deleted");

        Assert.Equal(
            ServiceLifetime.Scoped, Assert.Single(services, service => service.ServiceType == typeof(Both)).Lifetime);
        Assert.Equal(["Both", "deleted"], Registrations(services).Select(registration => registration.Name));
        Assert.Equal([typeof(TagCreated), typeof(TagDeleted)], Registrations(services).Select(registration => registration.EventClrType));
    }

    [Fact]
    public void Handler_class_that_is_already_registered_keeps_its_lifetime()
    {
        var services = new ServiceCollection();
        services.AddSingleton<Both>();

        services.AddScouthookCore().AddHandler<TagCreated, Both>();

        Assert.Equal(
            ServiceLifetime.Singleton, Assert.Single(services, service => service.ServiceType == typeof(Both)).Lifetime);
    }

    [Fact]
    public void Clock_of_the_app_is_kept()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);

        var builder = services.AddScouthookCore();

        using var provider = builder.Services.BuildServiceProvider();
        Assert.Same(clock, provider.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public void Lambda_without_a_name_is_named_after_its_event_type()
    {
        var services = new ServiceCollection();

        services.AddScouthookCore()
            .AddHandler<TagCreated>((_, _) => Task.CompletedTask)
            .AddHandler<TagCreated>((_, _, _) => Task.CompletedTask)
            .AddHandler<TagCreated>("mine", (_, _, _) => Task.CompletedTask);

        Assert.Equal([null, null, "mine"], Registrations(services).Select(registration => registration.Name));
        Assert.Equal(
            ["a lambda for TagCreated", "a lambda for TagCreated", "mine"],
            Registrations(services).Select(registration => registration.DisplayName));
    }

    [Fact]
    public async Task Lambda_may_take_context_token_or_both_with_or_without_a_name()
    {
        var given = new List<string>();
        await using var host = new HandlingHost(scouthook => scouthook
            .AddHandler<TagCreated>(async (tag, token) => await TokenAsync(tag, token))
            .AddHandler<TagCreated>(async (tag, context) => await ContextAsync(tag, context))
            .AddHandler<TagCreated>(async (tag, context) => await NoteAsync(tag, $"{context.GetType().Name}"))
            .AddHandler<TagCreated>(async (tag, context, token) => await BothAsync(tag, context, token))
            .AddHandler<TagCreated>("token", async (tag, token) => await TokenAsync(tag, token))
            .AddHandler<TagCreated>("context", async (tag, context) => await ContextAsync(tag, context))
            .AddHandler<TagCreated>("both", async (tag, context, token) => await BothAsync(tag, context, token)));

        await host.Receiver.ReceiveAsync(Some.Webhook("tag.created"), TestContext.Current.CancellationToken);

        Assert.Equal(["token", "context", nameof(EventContext), "both", "token", "context", "both"], given);

        Task TokenAsync(TagCreated tag, CancellationToken token) => NoteAsync(tag, "token");
        Task ContextAsync(TagCreated tag, EventContext context) => NoteAsync(tag, "context");
        Task BothAsync(TagCreated tag, EventContext context, CancellationToken token) => NoteAsync(tag, "both");
        Task NoteAsync(TagCreated tag, string what)
        {
            Assert.NotNull(tag);
            given.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void Common_handler_forms_compile_without_a_cast()
    {
        var services = new ServiceCollection();

        services.AddScouthookCore()
            .AddHandler<TagCreated>((_, _) => Task.CompletedTask)
            .AddHandler<TagCreated>((_, _) => throw new GiveUpException("never"))
            .AddHandler<TagCreated>(async (_, _) => await Task.CompletedTask)
            .AddHandler<TagCreated>(static (_, token) => Task.Delay(TimeSpan.Zero, TimeProvider.System, token))
            .AddHandler<TagCreated>(static (_, context) => Task.FromResult(context.IsStale))
            .AddHandler((TagCreated _, EventContext _) => Task.CompletedTask)
            .AddHandler((TagCreated _, CancellationToken _) => Task.CompletedTask)
            .AddHandler((TagCreated _, EventContext _, CancellationToken _) => Task.CompletedTask)
            .AddHandler<TagCreated>(WithToken)
            .AddHandler<TagCreated>(WithContext)
            .AddHandler<TagCreated>(new Both().HandleAsync)
            .AddHandler<TagCreated>("1", (_, _) => Task.CompletedTask)
            .AddHandler<TagCreated>("2", WithToken)
            .AddHandler<TagCreated>("3", WithContext)
            .AddHandler<TagCreated>("4", new Both().HandleAsync)
            .AddHandler<TagEvent>("5", WithAny);

        Assert.Equal(16, Registrations(services).Count());

        static Task WithToken(TagCreated tag, CancellationToken cancellationToken) => Task.CompletedTask;
        static Task WithContext(TagCreated tag, EventContext context) => Task.CompletedTask;
        static Task WithAny(HelpScoutEvent any, EventContext context) => Task.CompletedTask;
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Empty_name_is_rejected(string name)
    {
        var builder = new ServiceCollection().AddScouthookCore();

        Assert.Throws<ArgumentException>(() => builder.AddHandler<TagCreated, Both>(name));
        Assert.Throws<ArgumentException>(() => builder.AddHandler<TagCreated>(name, (_, _) => Task.CompletedTask));
        Assert.Throws<ArgumentException>(
            () => builder.AddHandler<TagCreated>(name, (_, context) => Task.FromResult(context.Attempt)));
        Assert.Throws<ArgumentException>(() => builder.AddHandler<TagCreated>(name, (_, _, _) => Task.CompletedTask));
    }

    [Fact]
    public void Null_arguments_are_rejected()
    {
        var builder = new ServiceCollection().AddScouthookCore();

        Assert.Throws<ArgumentNullException>(() => ScouthookCoreServiceCollectionExtensions.AddScouthookCore(null!));
        Assert.Throws<ArgumentNullException>(() => builder.AddHandler<TagCreated>("name", null!));
        Assert.Throws<ArgumentNullException>(
            () => builder.AddHandler((Func<TagCreated, CancellationToken, Task>)null!));
        Assert.Throws<ArgumentNullException>(
            () => builder.AddHandler((Func<TagCreated, EventContext, Task>)null!));
        Assert.Throws<ArgumentNullException>(
            () => builder.AddHandler((Func<TagCreated, EventContext, CancellationToken, Task>)null!));
    }

    [Fact]
    public void Outcome_contains_the_wait()
    {
        Assert.Equal(ReceiveOutcome.HandlerFailed, default);
        Assert.Equal((true, null), (ReceiveOutcome.Kept.IsKept, ReceiveOutcome.Kept.RetryAfter));
        Assert.Equal((false, null), (ReceiveOutcome.HandlerFailed.IsKept, ReceiveOutcome.HandlerFailed.RetryAfter));
        Assert.False(ReceiveOutcome.Unavailable(TimeSpan.FromSeconds(5)).IsKept);
        Assert.Equal(TimeSpan.FromSeconds(5), ReceiveOutcome.Unavailable(TimeSpan.FromSeconds(5)).RetryAfter);
    }

    private static IEnumerable<EventHandlerRegistration> Registrations(IServiceCollection services) =>
        services.Select(service => service.ImplementationInstance).OfType<EventHandlerRegistration>();

    internal sealed class Both : IHelpScoutEventHandler<TagCreated>, IHelpScoutEventHandler<TagDeleted>
    {
        public Task HandleAsync(TagCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public Task HandleAsync(TagDeleted helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }
}
