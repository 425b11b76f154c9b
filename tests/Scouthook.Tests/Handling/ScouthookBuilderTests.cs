using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;
using Scouthook.Handling;
using Xunit;

namespace Scouthook.Tests.Handling;

public class ScouthookBuilderTests
{
    [Fact]
    public void Building_twice_over_the_same_services_registers_nothing_twice()
    {
        var services = new ServiceCollection();

        var once = new ScouthookBuilder(services).Services.Count;
        var twice = new ScouthookBuilder(services).Services.Count;

        Assert.Equal(once, twice);
        Assert.Single(services, service => service.ServiceType == typeof(IWebhookReceiver));
    }

    [Fact]
    public void Handler_class_registered_for_two_types_of_event_is_one_service()
    {
        var services = new ServiceCollection();

        new ScouthookBuilder(services).AddHandler<TagCreated, Both>().AddHandler<TagDeleted, Both>("deleted");

        Assert.Equal(
            ServiceLifetime.Scoped, Assert.Single(services, service => service.ServiceType == typeof(Both)).Lifetime);
        Assert.Equal(["Both", "deleted"], Registrations(services).Select(it => it.Name));
        Assert.Equal([typeof(TagCreated), typeof(TagDeleted)], Registrations(services).Select(it => it.EventClrType));
    }

    [Fact]
    public void Handler_class_that_is_registered_already_keeps_its_lifetime()
    {
        var services = new ServiceCollection();
        services.AddSingleton<Both>();

        new ScouthookBuilder(services).AddHandler<TagCreated, Both>();

        Assert.Equal(
            ServiceLifetime.Singleton, Assert.Single(services, service => service.ServiceType == typeof(Both)).Lifetime);
    }

    [Fact]
    public void Clock_of_the_app_is_kept()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);

        var builder = new ScouthookBuilder(services);

        using var provider = builder.Services.BuildServiceProvider();
        Assert.Same(clock, provider.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public void Lambda_without_a_name_is_shown_by_its_event_type()
    {
        var services = new ServiceCollection();

        new ScouthookBuilder(services)
            .AddHandler<TagCreated>((_, _) => Task.CompletedTask)
            .AddHandler<TagCreated>((_, _, _) => Task.CompletedTask)
            .AddHandler<TagCreated>("mine", (_, _, _) => Task.CompletedTask);

        Assert.Equal([null, null, "mine"], Registrations(services).Select(it => it.Name));
        Assert.Equal(
            ["a lambda for TagCreated", "a lambda for TagCreated", "mine"],
            Registrations(services).Select(it => it.DisplayName));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Empty_name_is_refused(string name)
    {
        var builder = new ScouthookBuilder(new ServiceCollection());

        Assert.Throws<ArgumentException>(() => builder.AddHandler<TagCreated, Both>(name));
        Assert.Throws<ArgumentException>(() => builder.AddHandler<TagCreated>(name, (_, _, _) => Task.CompletedTask));
    }

    [Fact]
    public void Null_arguments_are_rejected()
    {
        var builder = new ScouthookBuilder(new ServiceCollection());

        Assert.Throws<ArgumentNullException>(() => new ScouthookBuilder(null!));
        Assert.Throws<ArgumentNullException>(() => builder.AddHandler<TagCreated>("name", null!));
        Assert.Throws<ArgumentNullException>(
            () => builder.AddHandler((Func<TagCreated, CancellationToken, Task>)null!));
        Assert.Throws<ArgumentNullException>(
            () => builder.AddHandler((Func<TagCreated, EventContext, CancellationToken, Task>)null!));
    }

    [Fact]
    public void Outcome_contains_the_wait()
    {
        Assert.Equal(ReceiveStatus.None, default(ReceiveOutcome).Status);
        Assert.Equal(ReceiveStatus.Kept, ReceiveOutcome.Kept.Status);
        Assert.Equal(ReceiveStatus.HandlerFailed, ReceiveOutcome.HandlerFailed.Status);
        Assert.Equal(ReceiveStatus.Unavailable, ReceiveOutcome.Unavailable(TimeSpan.FromSeconds(5)).Status);
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
