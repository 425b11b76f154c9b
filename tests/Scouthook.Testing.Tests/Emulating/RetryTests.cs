using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Emulating;

/// <summary>Acknowledging, retries, discards and deactivation.</summary>
public sealed class RetryTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Any_2xx_acknowledges(int status)
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => (HttpStatusCode)status);
        await using var helpScout = await StartAsync(receiver);

        helpScout.Account.CreateTag("fragile");
        await helpScout.WaitUntilSentAsync(Cancellation);

        var attempt = Assert.Single(Log(helpScout));
        Assert.Equal((status, 1, EmulatedAttemptOutcome.Acknowledged), ((int)attempt.StatusCode!, attempt.Number, attempt.Outcome));
        Assert.Equal(("tag.created", _clock.GetUtcNow()), (attempt.EventName, attempt.StartedAt));
        Assert.Equal(receiver.Requests[0].Body, attempt.Body.ToArray());
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Any_other_status_is_a_failure_and_redirects_are_not_followed(int status)
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, before) => (HttpStatusCode)(before is 0 ? status : 200));
        await using var helpScout = await StartAsync(receiver);

        helpScout.Account.CreateTag("fragile");
        var next = await helpScout.WaitUntilIdleAsync(Cancellation);
        Assert.Single(receiver.Requests);
        await PlayAsync(helpScout);

        Assert.Equal(_clock.GetUtcNow(), next);
        Assert.Equal(2, receiver.Requests.Count);
        Assert.Equal(status, (int)Log(helpScout)[0].StatusCode!);
        Assert.Equal(
            [EmulatedAttemptOutcome.Retrying, EmulatedAttemptOutcome.Acknowledged], Log(helpScout).Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task No_answer_in_time_is_a_failure()
    {
        var arrived = new TaskCompletionSource();
        await using var receiver = await WebhookReceiver.StartAsync(async (_, before, cancellationToken) =>
        {
            if (before is 0)
            {
                arrived.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return HttpStatusCode.OK;
        });
        await using var helpScout = await StartAsync(receiver, options => options.ResponseTimeout = TimeSpan.FromSeconds(20));

        helpScout.Account.CreateTag("fragile");
        await arrived.Task.WaitAsync(Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await PlayAsync(helpScout);

        var attempts = Log(helpScout);
        Assert.Equal([SendFailure.TimedOut, null], attempts.Select(attempt => attempt.Failure));
        Assert.Equal(TimeSpan.FromSeconds(20), attempts[0].Duration);
    }

    [Fact]
    public async Task Receiver_that_does_not_listen_is_a_failure()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await StartAsync(receiver);
        await receiver.DisposeAsync();

        helpScout.Account.CreateTag("fragile");
        await helpScout.WaitUntilIdleAsync(Cancellation);

        Assert.Equal(SendFailure.ConnectionRefused, Assert.Single(Log(helpScout)).Failure);
    }

    [Fact]
    public async Task Event_is_tried_ten_times_with_growing_delays_and_then_discarded()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => HttpStatusCode.ServiceUnavailable);
        await using var helpScout = await StartAsync(receiver);

        helpScout.Account.CreateTag("fragile");
        await PlayAsync(helpScout);

        var attempts = Log(helpScout);
        Assert.Equal(Enumerable.Range(1, 10), attempts.Select(attempt => attempt.Number));
        Assert.Equal(
            [1, 2, 4, 8, 16, 32, 64, 128, 256],
            attempts.Zip(attempts.Skip(1), (one, two) => (two.StartedAt - one.StartedAt).TotalSeconds));
        Assert.Equal(EmulatedAttemptOutcome.Discarded, attempts[^1].Outcome);
        Assert.Single(receiver.Requests.Select(request => request.Text).Distinct());
        Assert.Equal((1, 0, true), Status(helpScout));
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public async Task Clock_that_is_set_neither_holds_a_retry_up_nor_hurries_it(int days)
    {
        var clock = new SettableClock(_clock.GetUtcNow());
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, before) => before is 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        await using var helpScout = await StartAsync(receiver, options => options.TimeProvider = clock);
        helpScout.Account.CreateTag("fragile");
        await helpScout.WaitUntilIdleAsync(Cancellation);

        clock.Offset = TimeSpan.FromDays(days);
        var next = await helpScout.WaitUntilIdleAsync(Cancellation);
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromSeconds(1), next);
        Assert.Single(receiver.Requests);
        clock.Advance(TimeSpan.FromSeconds(1));
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task A_day_of_retries_takes_no_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, before) => before < 9 ? HttpStatusCode.BadGateway : HttpStatusCode.OK);
        await using var helpScout = await StartAsync(
            receiver, options => options.RetrySchedule = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3.5)]);
        var started = _clock.GetUtcNow();

        helpScout.Account.CreateTag("fragile");
        await PlayAsync(helpScout);

        Assert.Equal(new TimeSpan(25, 1, 0), _clock.GetUtcNow() - started);
        Assert.Equal((10, EmulatedAttemptOutcome.Acknowledged), (Log(helpScout).Count, Log(helpScout)[^1].Outcome));
    }

    [Fact]
    public async Task Newer_events_overtake_one_that_waits_for_its_retry()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (request, before) => before is 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        await using var helpScout = await StartAsync(receiver);

        helpScout.Account.CreateTag("one");
        helpScout.Account.CreateTag("two");
        await PlayAsync(helpScout);

        Assert.Equal(
            ["one", "two", "one"], receiver.Requests.Select(request => (string)JsonNode.Parse(request.Body)!["name"]!));
    }

    [Fact]
    public async Task Ten_discarded_events_disable_the_webhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => HttpStatusCode.Unauthorized);
        await using var helpScout = await StartAsync(receiver);

        for (var number = 0; number < 9; number++)
        {
            helpScout.Account.CreateTag($"tag {number}");
        }

        await PlayAsync(helpScout);
        Assert.Equal((9, 0, true), Status(helpScout));
        helpScout.Account.CreateTag("the last one");
        await PlayAsync(helpScout);
        Assert.Equal((10, 0, false), Status(helpScout));
        Assert.Equal("10 events were discarded.", helpScout.Webhooks[0].DisabledReason);

        helpScout.Account.CreateTag("not sent");
        await helpScout.WaitUntilSentAsync(Cancellation);
        Assert.Equal(100, receiver.Requests.Count);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Whether_a_success_resets_the_count_is_an_option(bool resets, int expected)
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, before) => before is 0 ? HttpStatusCode.NotFound : HttpStatusCode.OK);
        await using var helpScout = await StartAsync(
            receiver, options => (options.MaxAttempts, options.SuccessResetsDiscards) = (1, resets));

        helpScout.Account.CreateTag("discarded");
        helpScout.Account.CreateTag("acknowledged");
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal(expected, helpScout.Webhooks[0].Discards);
    }

    [Fact]
    public async Task Gone_disables_the_webhook_at_once_and_drops_what_is_pending()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, before) =>
            before is 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.Gone);
        await using var helpScout = await StartAsync(receiver);

        helpScout.Account.CreateTag("waits for its retry");
        await helpScout.WaitUntilIdleAsync(Cancellation);
        helpScout.Account.CreateTag("gone");
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal((0, 0, false), Status(helpScout));
        Assert.Equal(EmulatedAttemptOutcome.Dropped, Log(helpScout)[^1].Outcome);
        Assert.Null(await helpScout.WaitUntilIdleAsync(Cancellation));
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task Enabling_through_the_API_sends_new_events_and_starts_the_count_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, before) => before is 0 ? HttpStatusCode.NotFound : HttpStatusCode.OK);
        await using var helpScout = await StartAsync(
            receiver, options => (options.MaxAttempts, options.DiscardsBeforeDisabling) = (1, 1));
        using var client = await ApiClient.ConnectAsync(helpScout);
        helpScout.Account.CreateTag("discarded");
        await helpScout.WaitUntilSentAsync(Cancellation);
        helpScout.Account.CreateTag("not sent");

        var json = await client.GetJsonAsync($"v2/webhooks/{helpScout.Webhooks[0].Id}");
        Assert.Equal("disabled", (string?)json["state"]);
        json["state"] = "enabled";
        json["secret"] = WebhookReceiver.Secret;
        using var response = await client.PutAsync($"v2/webhooks/{helpScout.Webhooks[0].Id}", json);
        helpScout.Account.CreateTag("sent");
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal((0, 0, true), Status(helpScout));
        Assert.Equal(["discarded", "sent"], receiver.Requests.Select(request => (string)JsonNode.Parse(request.Body)!["name"]!));
    }

    [Fact]
    public async Task Replacing_an_enabled_webhook_keeps_the_count()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => HttpStatusCode.NotFound);
        await using var helpScout = await StartAsync(receiver, options => options.MaxAttempts = 1);
        using var client = await ApiClient.ConnectAsync(helpScout);
        helpScout.Account.CreateTag("discarded");
        await helpScout.WaitUntilSentAsync(Cancellation);

        var json = ApiClient.Webhook;
        json["state"] = "enabled";
        using var response = await client.PutAsync($"v2/webhooks/{helpScout.Webhooks[0].Id}", json);

        Assert.Equal((1, 0, true), Status(helpScout));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Retries_are_signed_with_the_old_secret_or_the_current_one(bool useCurrent, bool isSignedWithOld)
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, before) => before is 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        await using var helpScout = await StartAsync(receiver, options => options.RetriesUseCurrentSecret = useCurrent);
        using var client = await ApiClient.ConnectAsync(helpScout);
        helpScout.Account.CreateTag("fragile");
        await helpScout.WaitUntilIdleAsync(Cancellation);

        var json = await client.GetJsonAsync($"v2/webhooks/{helpScout.Webhooks[0].Id}");
        json["secret"] = "the-new-secret";
        using var response = await client.PutAsync($"v2/webhooks/{helpScout.Webhooks[0].Id}", json);
        await PlayAsync(helpScout);

        Assert.Equal([true, isSignedWithOld], receiver.Requests.Select(request => request.IsSigned));
    }

    [Fact]
    public async Task Deleting_a_webhook_ends_its_retries()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => HttpStatusCode.InternalServerError);
        await using var helpScout = await StartAsync(receiver);
        helpScout.Account.CreateTag("fragile");
        await helpScout.WaitUntilIdleAsync(Cancellation);

        helpScout.DeleteWebhook(helpScout.Webhooks[0].Id);
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Null(await helpScout.WaitUntilIdleAsync(Cancellation));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Delivery_log_is_limited()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => HttpStatusCode.InternalServerError);
        await using var helpScout = await StartAsync(receiver, options => options.DeliveryLogLength = 3);

        helpScout.Account.CreateTag("fragile");
        await PlayAsync(helpScout);

        Assert.Equal([8, 9, 10], Log(helpScout).Select(attempt => attempt.Number));
        Assert.Equal("tag.created, attempt 10: 500, Discarded", Log(helpScout)[^1].ToString());
    }

    [Fact]
    public async Task Disposing_ends_a_request_that_hangs_and_those_who_wait()
    {
        var arrived = new TaskCompletionSource();
        await using var receiver = await WebhookReceiver.StartAsync(async (_, _, cancellationToken) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return HttpStatusCode.OK;
        });
        var helpScout = await StartAsync(receiver);
        helpScout.Account.CreateTag("fragile");
        var waiting = helpScout.WaitUntilSentAsync(Cancellation);
        await arrived.Task.WaitAsync(Cancellation);

        await helpScout.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    private static IReadOnlyList<EmulatedAttempt> Log(HelpScoutEmulator helpScout) => helpScout.Webhooks[0].DeliveryLog;

    private static (int Discards, int Pending, bool IsEnabled) Status(HelpScoutEmulator helpScout) =>
        (helpScout.Webhooks[0].Discards, helpScout.Webhooks[0].Pending, helpScout.Webhooks[0].IsEnabled);

    private async Task<HelpScoutEmulator> StartAsync(WebhookReceiver receiver, Action<HelpScoutEmulatorOptions>? configure = null)
    {
        var helpScout = await HelpScoutEmulator.StartAsync(
            options =>
            {
                options.TimeProvider = _clock;
                configure?.Invoke(options);
            },
            Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "tag.created");
        return helpScout;
    }

    /// <summary>Lets all retries happen.</summary>
    private async Task PlayAsync(HelpScoutEmulator helpScout)
    {
        while (await helpScout.WaitUntilIdleAsync(Cancellation) is { } next)
        {
            _clock.SetUtcNow(next);
        }
    }
}
