using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox;
using Scouthook.Signing;
using Scouthook.Testing.Tests.Support;
using TypedHandlers;

namespace Scouthook.Testing.Tests.Storing;

public sealed class AddTestInboxTests
{
    private static readonly FakeTickets Free = new(_ => true);

    [Fact]
    public async Task Store_is_a_directory_of_the_host_and_deleted_with_it()
    {
        string directory;
        await using (var app = new DurableApp(Free))
        {
            await app.SendAsync("convo.created");
            await app.HandledAsync();
            directory = DirectoryOf(app.Services);

            Assert.True(File.Exists(Path.Combine(directory, "scouthook.db")));
        }

        // The factory does not wait for the entry point of the app, which may be the one that disposes the services.
        await GoneAsync(directory);
    }

    [Fact]
    public async Task Configured_store_is_not_touched()
    {
        var configured = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var app = new DurableApp(
            Free,
            services => services.Configure<InboxOptions>(options => options.Sqlite.Path = Path.Combine(configured, "code.db"))
                .AddTestInbox(),
            ("Scouthook:Inbox:DataDirectory", configured));

        await app.SendAsync("convo.created");
        await app.HandledAsync();

        Assert.False(Directory.Exists(configured));
    }

    [Fact]
    public async Task Parallel_hosts_of_one_app_share_nothing()
    {
        await using var one = new DurableApp(Free);
        await using var other = new DurableApp(Free);

        await Task.WhenAll(one.SendAsync("convo.created"), other.SendAsync("convo.created"), other.SendAsync("tag.created"));

        Assert.NotEqual(DirectoryOf(one.Services), DirectoryOf(other.Services));
        Assert.Equal(["convo.created", "convo.created"], Types(await one.HandledAsync()));
        Assert.Equal(["convo.created", "convo.created", "tag.created"], Types(await other.HandledAsync()));
    }

    [Fact]
    public async Task Parallel_hosts_of_different_apps_share_nothing()
    {
        await using var one = new DurableApp(Free);
        await using var plain = new WebApplicationFactory<NewConversationAlert>();
        await using var other = plain.WithWebHostBuilder(builder => builder
            .UseSetting("Scouthook:Sources:default:Secrets:0", DurableApp.Secret)
            .ConfigureTestServices(services =>
            {
                services.AddScouthookCore().AddInbox();
                services.AddTestInbox();
            }));
        using var sender = new HelpScoutSender(other.CreateClient(), "/webhook", new SigningSecret(DurableApp.Secret));

        await Task.WhenAll(
            one.SendAsync("convo.created"),
            sender.SendAsync(SampleEvents.Get("convo.created"), TestContext.Current.CancellationToken));

        Assert.Contains(await one.HandledAsync(), delivery => delivery.EndpointName == "open-tickets");
        var handled = await other.Services.WaitUntilHandledAsync(null, TestContext.Current.CancellationToken);
        Assert.Contains(handled, delivery => delivery.EndpointName == "NewConversationAlert");
        Assert.DoesNotContain(handled, delivery => delivery.EndpointName == "open-tickets");
    }

    [Fact]
    public async Task Many_parallel_hosts_each_handle_their_own_events()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async number =>
        {
            var tickets = new FakeTickets(_ => true);
            await using var app = new DurableApp(tickets);
            await app.SendAsync(SampleEvents.Get("convo.created").With("subject", $"Host {number}"));
            await app.HandledAsync();

            Assert.Equal([$"Host {number}"], tickets.Opened);
        }));
    }

    [Fact]
    public async Task Retry_is_immediate_even_if_the_handler_asks_for_a_delay()
    {
        await using var app = new DurableApp(new FakeTickets(times => times > 2));

        await app.SendAsync("convo.created");

        var delivery = Assert.Single(await app.HandledAsync(), IsTicket);
        Assert.Equal((true, 3, null), (delivery.IsDelivered, delivery.Attempts, delivery.Error));
    }

    [Fact]
    public async Task Handler_that_always_fails_gets_every_attempt_of_the_schedule()
    {
        await using var app = new DurableApp(
            new FakeTickets(_ => throw new InvalidOperationException()),
            settings: [("Scouthook:Delivery:RetrySchedule:0", "1h"), ("Scouthook:Delivery:RetrySchedule:1", "2h")]);

        await app.SendAsync("convo.created");

        var delivery = Assert.Single(await app.HandledAsync(), IsTicket);
        Assert.Equal((false, 3), (delivery.IsDelivered, delivery.Attempts));
        Assert.Contains("System.InvalidOperationException", delivery.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_is_immediate_even_if_the_app_uses_a_frozen_clock()
    {
        await using var app = new DurableApp(
            new FakeTickets(times => times > 1),
            services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()).AddTestInbox());

        await app.SendAsync("convo.created");

        Assert.Equal(2, Assert.Single(await app.HandledAsync(), IsTicket).Attempts);
    }

    [Fact]
    public async Task Second_call_has_no_effect()
    {
        await using var app = new DurableApp(new FakeTickets(times => times > 1), services => services.AddTestInbox().AddTestInbox());

        await app.SendAsync("convo.created");

        Assert.Equal(2, Assert.Single(await app.HandledAsync(), IsTicket).Attempts);
    }

    [Fact]
    public void Call_before_AddInbox_fails_and_says_where_to_call_it()
    {
        var services = new ServiceCollection();

        var exception = Assert.Throws<InvalidOperationException>(() => services.AddTestInbox());

        Assert.Contains("ConfigureTestServices", exception.Message, StringComparison.Ordinal);
    }

    private static bool IsTicket(HandledDelivery delivery) => delivery.EndpointName == "open-tickets";

    private static string DirectoryOf(IServiceProvider services) =>
        services.GetRequiredService<IOptionsMonitor<InboxOptions>>().CurrentValue.DataDirectory!;

    private static async Task GoneAsync(string directory)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (Directory.Exists(directory))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static IEnumerable<string> Types(IEnumerable<HandledDelivery> handled) =>
        handled.Select(delivery => delivery.EventType).Order();
}
