using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scouthook.Events;
using Scouthook.Handling;
using Xunit;

namespace Scouthook.Tests.Handling;

public class HandlerStartupCheckTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Missing_dependency_of_a_handler_prevents_startup_and_both_are_named()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(_ => { }));

        Assert.Equal(
            $"Handler opener cannot be created: {typeof(Opener)} needs {typeof(Shop)} (parameter shop), which is not "
            + "registered as a service.",
            exception.Message);
    }

    [Fact]
    public async Task Missing_dependency_of_a_dependency_is_named_too()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(services => services.AddSingleton<Shop>()));

        Assert.Contains($"Handler opener cannot be created: {typeof(Shop)} needs {typeof(Keys)}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_keyed_service_is_named_with_its_key()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            services => services.AddSingleton<Shop>().AddSingleton<Keys>().AddKeyedSingleton<Door>("back"), front: true));

        Assert.Contains($"{typeof(Door)} under the key front", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Startup_check_creates_no_services()
    {
        var created = 0;

        await StartAsync(
            services => services
                .AddSingleton(_ => new Shop(new Keys(() => created++)))
                .AddSingleton<Keys>()
                .AddSingleton<Action>(() => created++)
                .AddKeyedSingleton<Door>("front"),
            front: true);

        Assert.Equal(0, created);
    }

    [Theory]
    [InlineData(typeof(Shop))]
    [InlineData(typeof(Lone))]
    public async Task Dependency_with_another_usable_constructor_or_a_default_value_is_accepted(Type dependency)
    {
        Assert.NotNull(dependency);
        await StartAsync(services => services.AddSingleton<Shop>().AddSingleton<Keys>().AddScoped<Lone>());
    }

    [Fact]
    public async Task Container_that_does_not_list_its_services_is_not_checked()
    {
        var services = new ServiceCollection();
        services.AddScouthookCore().AddHandler<TagCreated, Opener>();
        var check = new HandlerStartupCheck(
            new EventHandlerTable(services.Select(service => service.ImplementationInstance).OfType<EventHandlerRegistration>()),
            new ServiceDependencies(services),
            new Mute());

        await check.StartAsync(Token);
        await check.StopAsync(Token);
    }

    private static async Task StartAsync(Action<IServiceCollection> configure, bool front = false)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        configure(services);
        var scouthook = services.AddScouthookCore().AddHandler<TagCreated, Opener>("opener");
        if (front)
        {
            scouthook.AddHandler<TagCreated, FrontOpener>();
        }

        await using var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            await hosted.StartAsync(Token);
        }
    }

    private sealed class Mute : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    internal sealed class Keys
    {
        public Keys()
        {
        }

        public Keys(Action created) => created();
    }

    internal sealed class Shop(Keys keys, int floor = 1)
    {
        public override string ToString() => $"{keys} {floor}";
    }

    internal sealed class Lone
    {
        public Lone(Door door) => ArgumentNullException.ThrowIfNull(door);

        public Lone(Shop shop) => ArgumentNullException.ThrowIfNull(shop);
    }

    internal sealed class Door;

    internal sealed class Opener(Shop shop) : IHelpScoutEventHandler<TagCreated>
    {
        public Task HandleAsync(TagCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
            Task.FromResult(shop);
    }

    internal sealed class FrontOpener([FromKeyedServices("front")] Door door) : IHelpScoutEventHandler<TagCreated>
    {
        public Task HandleAsync(TagCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
            Task.FromResult(door);
    }
}
