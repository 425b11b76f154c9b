using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Storing;

public sealed class WaitUntilHandledTests
{
    private static readonly FakeTickets Free = new(_ => true);

    [Fact]
    public async Task Returns_at_once_if_nothing_was_received()
    {
        await using var app = new DurableApp(Free);

        Assert.Empty(await app.HandledAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Returns_every_delivery_with_its_outcome()
    {
        await using var app = new DurableApp(Free);
        await app.SendAsync("convo.created");
        await app.SendAsync(SampleEvents.Get("convo.created").With("id", "77").With("subject", "null"));
        await app.SendAsync(new OutgoingEvent("shop.opened", "{}"u8.ToArray()));

        var handled = await app.HandledAsync();

        Assert.Equal(
            [
                "convo.created to log: delivered, 1 attempt",
                "convo.created to log: delivered, 1 attempt",
                "convo.created to open-tickets: delivered, 1 attempt",
                "convo.created to open-tickets: not delivered, 1 attempt. A ticket needs a subject.",
                "shop.opened to log: delivered, 1 attempt",
            ],
            handled.Select(delivery => delivery.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(3, handled.Select(delivery => delivery.EventId).Distinct().Count());
    }

    [Fact]
    public async Task Never_returns_before_the_last_retry_of_the_last_event()
    {
        const int events = 300;
        var tickets = new FakeTickets(times => times > 2);
        await using var app = new DurableApp(tickets);
        var generator = new EventGenerator(seed: 1);
        for (var round = 1; round <= 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, events / 5).Select(_ => app.SendAsync(generator.Next("convo.created"))));

            var handled = await app.HandledAsync();

            Assert.Equal(round * events / 5, tickets.Opened.Count);
            Assert.Equal(2 * round * events / 5, handled.Count(delivery => delivery.IsDelivered));
        }
    }

    [Fact]
    public async Task Timeout_names_the_running_handler()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource<bool>();
        await using var app = new DurableApp(new FakeTickets((_, cancellationToken) =>
        {
            entered.TrySetResult();
            return release.Task.WaitAsync(cancellationToken);
        }));
        await app.SendAsync(SampleEvents.Get("convo.created").With("subject", "Private words"));
        await entered.Task;

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => app.HandledAsync(TimeSpan.Zero));

        Assert.StartsWith("Not everything received was handled within 0 s.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("- convo.created to open-tickets: attempt 1 is running", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Private words", exception.Message, StringComparison.Ordinal);
        release.SetResult(true);
        Assert.All(await app.HandledAsync(), delivery => Assert.True(delivery.IsDelivered));
    }

    [Fact]
    public async Task Timeout_names_the_pending_retry_with_its_error()
    {
        var folder = Directory.CreateTempSubdirectory();
        await using (var app = new DurableApp(
            new FakeTickets(_ => false), _ => { }, ("Scouthook:Inbox:DataDirectory", folder.FullName)))
        {
            await app.SendAsync("convo.created");

            var message = await UntilTimeoutSaysAsync(app, "waits for attempt 2");

            Assert.Matches(
                "- convo.created to open-tickets: waits for attempt 2, due at .*Z. Last error: The ticket system is busy.", message);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Timeout_names_the_disabled_endpoint_with_the_reason()
    {
        await using var gone = await StartAsync(HttpStatusCode.Gone);
        await using var app = new DurableApp(
            Free,
            settings:
            [
                ("Scouthook:Endpoints:crm:Url", gone.Urls.Single()),
                ("Scouthook:Endpoints:crm:Secret", "the-secret-of-the-crm"),
                ("Scouthook:Delivery:AllowPrivateNetworks", "true"),
            ]);
        await app.SendAsync("convo.created");
        Assert.Single(await app.HandledAsync(), delivery => !delivery.IsDelivered && delivery.EndpointName == "crm");
        await app.SendAsync("tag.created");

        var message = await UntilTimeoutSaysAsync(app, "tag.created to crm");

        Assert.Contains("- crm is disabled: It responded with 410 (Gone).", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canceled_token_ends_the_wait()
    {
        var release = new TaskCompletionSource<bool>();
        await using var app = new DurableApp(new FakeTickets((_, _) => release.Task));
        await app.SendAsync("convo.created");
        using var stopping = new CancellationTokenSource();

        var waiting = app.Services.WaitUntilHandledAsync(null, stopping.Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        release.SetResult(true);
    }

    [Fact]
    public async Task App_without_an_inbox_fails_and_names_the_missing_call()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.WaitUntilHandledAsync(null, TestContext.Current.CancellationToken));

        Assert.Contains("AddInbox", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<string> UntilTimeoutSaysAsync(DurableApp app, string what)
    {
        string message;
        do
        {
            message = (await Assert.ThrowsAsync<TimeoutException>(() => app.HandledAsync(TimeSpan.Zero))).Message;
        }
        while (!message.Contains(what, StringComparison.Ordinal));

        return message;
    }

    private static async Task<WebApplication> StartAsync(HttpStatusCode answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = builder.Build();
        receiver.MapPost("/", () => TypedResults.StatusCode((int)answer));
        await receiver.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }
}
