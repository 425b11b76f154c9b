using Microsoft.Extensions.DependencyInjection;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Parsing;

namespace Scouthook.AspNetCore.Tests.Receiving;

public sealed class OutcomeTests
{
    [Fact]
    public async Task Failed_handler_returns_500_and_the_next_attempt_succeeds()
    {
        var tries = 0;
        await using var app = await TestApp.StartAsync(setup => setup.Scouthook = scouthook =>
            scouthook.AddHandler<TagCreated>("tags", (_, _, _) =>
                ++tries == 1 ? throw new InvalidOperationException("handler-canary") : Task.CompletedTask));

        var first = await app.SendAsync(Some.Request());
        var second = await app.SendAsync(Some.Request());

        Assert.Equal(500, first.Status);
        Assert.Equal("application/problem+json", first["Content-Type"]);
        Assert.DoesNotContain("canary", first.Text, StringComparison.Ordinal);
        Assert.Equal(200, second.Status);
        Assert.Equal(2, tries);
        Assert.Equal(1, app.Logs.Count(1101));
    }

    [Fact]
    public async Task Failed_handler_does_not_stop_the_others()
    {
        var reached = 0;
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Scouthook = scouthook => scouthook
                .AddHandler<TagCreated>((_, _) => throw new InvalidOperationException())
                .AddHandler<TagCreated>((_, _) =>
                {
                    reached++;
                    return Task.CompletedTask;
                });
        });

        Assert.Equal(500, await app.StatusAsync(Some.Request()));
        Assert.Equal(1, reached);
        Assert.Single(app.Seen);
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(1, "1")]
    [InlineData(1_200, "2")]
    [InlineData(90_000, "90")]
    public async Task Receiver_that_cannot_store_the_event_returns_503_with_Retry_After(
        int milliseconds, string seconds)
    {
        await using var app = await WithReceiver(
            new FakeReceiver(ReceiveOutcome.Unavailable(TimeSpan.FromMilliseconds(milliseconds))));

        var answer = await app.SendAsync(Some.Request());

        Assert.Equal(503, answer.Status);
        Assert.Equal(seconds, answer["Retry-After"]);
        Assert.Equal("application/problem+json", answer["Content-Type"]);
        await Eventually.TrueAsync(() => app.Logs.Has(1006), "the message was logged");
    }

    [Fact]
    public async Task Receiver_without_a_decision_never_returns_200()
    {
        await using var app = await WithReceiver(new FakeReceiver(default(ReceiveOutcome)));

        Assert.Equal(500, await app.StatusAsync(Some.Request()));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(Microsoft.AspNetCore.Http.BadHttpRequestException))]
    public async Task Receiver_that_throws_returns_500_and_the_next_attempt_succeeds(Type exception)
    {
        var tries = 0;
        await using var app = await WithReceiver(new FakeReceiver((_, _) => ++tries == 1
            ? throw (Exception)Activator.CreateInstance(exception, "receiver-canary")!
            : ValueTask.FromResult(ReceiveOutcome.Kept)));

        var first = await app.SendAsync(Some.Request());
        var second = await app.SendAsync(Some.Request());

        Assert.Equal(500, first.Status);
        Assert.DoesNotContain("canary", first.Text, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => app.Logs.Has(1005), "the failure was logged");
        Assert.Equal(200, second.Status);
    }

    [Fact]
    public async Task Rejected_request_never_reaches_the_receiver()
    {
        var calls = 0;
        await using var app = await WithReceiver(new FakeReceiver((_, _) =>
        {
            calls++;
            return ValueTask.FromResult(ReceiveOutcome.Kept);
        }));

        await app.StatusAsync(Some.Request(secret: "wrong"));
        await app.StatusAsync(new RawRequest { Body = Some.Body });

        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Receiver_gets_everything_in_the_request()
    {
        (string Source, string Name, byte[] Body, DateTimeOffset At, string? Header) got = default;
        var now = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now);
            setup.Scouthook = scouthook => scouthook.Services.AddSingleton<IWebhookReceiver>(new FakeReceiver((webhook, _) =>
            {
                got = (webhook.Source, webhook.EventName, webhook.Body.ToArray(), webhook.ReceivedAt,
                    webhook.Headers.Single(header => header.Key == "X-Trace").Value);
                return ValueTask.FromResult(ReceiveOutcome.Kept);
            }));
        });

        await app.StatusAsync(Some.Request().With("X-Trace", "abc"));

        Assert.Equal(("default", "tag.created"), (got.Source, got.Name));
        Assert.Equal(Some.Body, got.Body);
        Assert.Equal(now, got.At);
        Assert.Equal("abc", got.Header);
    }

    [Fact]
    public async Task Headers_are_unchanged_after_the_connection_is_reused()
    {
        var kept = new List<ReceivedWebhook>();
        await using var app = await WithReceiver(new FakeReceiver((webhook, _) =>
        {
            kept.Add(webhook);
            return ValueTask.FromResult(ReceiveOutcome.Kept);
        }));
        using var client = await app.ConnectAsync();

        await client.ExchangeAsync(Some.Request().With("X-Trace", "first"));
        await client.ExchangeAsync(Some.Request().With("X-Trace", "second").With("X-Trace", "third"));

        Assert.Equal(
            [["first"], ["second", "third"]],
            kept.Select(webhook => webhook.Headers.Where(header => header.Key == "X-Trace").Select(header => header.Value).ToArray()));
    }

    [Theory]
    [InlineData("default", false)]
    [InlineData("second", true)]
    [InlineData("gone", true)]
    public async Task Source_deduplicates_unless_configured_otherwise(string source, bool expected)
    {
        await using var app = await TestApp.StartAsync(setup => setup
            .With("Scouthook:Sources:default:Deduplicate", "false")
            .With("Scouthook:Sources:second:Secrets:0", "scouthook-test-secret-0002"));

        Assert.Equal(expected, app.Services.GetRequiredService<LiveSettings>().Deduplicates(source));
    }

    private static Task<TestApp> WithReceiver(IWebhookReceiver receiver) => TestApp.StartAsync(setup =>
        setup.Scouthook = scouthook => scouthook.Services.AddSingleton(receiver));
}
