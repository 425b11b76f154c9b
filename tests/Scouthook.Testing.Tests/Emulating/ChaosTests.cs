using System.Net;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Emulating;

/// <summary>Each disturbance, alone and together.</summary>
public sealed class ChaosTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_chaos_every_event_is_sent_once()
    {
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await StartAsync(receiver, _ => { });

        await CreateTagsAsync(helpScout, 20);

        Assert.Equal(20, receiver.Requests.Count);
        Assert.All(Log(helpScout), attempt => Assert.Equal(ChaosEffects.None, attempt.Effects));
    }

    [Fact]
    public async Task Duplicate_is_the_same_request_later()
    {
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await StartAsync(receiver, chaos => chaos.Duplicates = 1);

        await CreateTagsAsync(helpScout, 1);

        Assert.Equal([ChaosEffects.None, ChaosEffects.Duplicate], Log(helpScout).Select(attempt => attempt.Effects));
        Assert.Equal(receiver.Requests[0].Text, receiver.Requests[1].Text);
        Assert.InRange(Log(helpScout)[1].StartedAt - Log(helpScout)[0].StartedAt, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Simultaneous_duplicate_arrives_before_the_first_is_answered()
    {
        var both = new TaskCompletionSource();
        await using var receiver = await WebhookReceiver.StartAsync(async (_, before, cancellationToken) =>
        {
            if (before is 1)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(cancellationToken);
            return HttpStatusCode.OK;
        });
        await using var helpScout = await StartAsync(receiver, chaos => chaos.SimultaneousDuplicates = 1);

        await CreateTagsAsync(helpScout, 1);

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Equal(receiver.Requests[0].Text, receiver.Requests[1].Text);
        Assert.Contains(Log(helpScout), attempt => attempt.Effects == ChaosEffects.SimultaneousDuplicate);
    }

    [Fact]
    public async Task Rejected_duplicate_is_not_sent_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, before) => before is 0 ? HttpStatusCode.OK : HttpStatusCode.InternalServerError);
        await using var helpScout = await StartAsync(receiver, chaos => chaos.Duplicates = 1);

        await CreateTagsAsync(helpScout, 1);

        Assert.Equal(
            [EmulatedAttemptOutcome.Acknowledged, EmulatedAttemptOutcome.Ignored], Log(helpScout).Select(attempt => attempt.Outcome));
        Assert.Equal(0, helpScout.Webhooks[0].Discards);
    }

    [Fact]
    public async Task Late_retry_follows_an_acknowledgement_after_a_day()
    {
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await StartAsync(receiver, chaos => chaos.LateRetries = 1);

        await CreateTagsAsync(helpScout, 1);

        Assert.Equal([ChaosEffects.LateRetry, ChaosEffects.None], Log(helpScout).Select(attempt => attempt.Effects));
        Assert.Equal(
            [EmulatedAttemptOutcome.Retrying, EmulatedAttemptOutcome.Acknowledged], Log(helpScout).Select(attempt => attempt.Outcome));
        Assert.Equal(TimeSpan.FromDays(1), Log(helpScout)[1].StartedAt - Log(helpScout)[0].StartedAt);
    }

    [Fact]
    public async Task Reordered_events_arrive_in_another_order_and_none_is_lost()
    {
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await StartAsync(receiver, chaos => chaos.Reordering = 0.5);

        await CreateTagsAsync(helpScout, 20);

        var numbers = Log(helpScout).Select(attempt => attempt.EventNumber).ToList();
        Assert.NotEqual(Enumerable.Range(1, 20).Select(number => (long)number), numbers);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), numbers.Order());
        Assert.Contains(Log(helpScout), attempt => attempt.Effects is ChaosEffects.Reordered);
    }

    [Fact]
    public async Task Corrupted_signature_is_well_formed_and_the_retry_is_sound()
    {
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await StartAsync(receiver, chaos => chaos.CorruptedSignatures = 1);

        await CreateTagsAsync(helpScout, 1);

        Assert.Equal([false, true], receiver.Requests.Select(request => request.IsSigned));
        Assert.Equal([28, 28], receiver.Requests.Select(request => request.Headers["X-HelpScout-Signature"].Length));
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.OK], Log(helpScout).Select(attempt => attempt.StatusCode!.Value));
        Assert.Equal([ChaosEffects.CorruptedSignature, ChaosEffects.None], Log(helpScout).Select(attempt => attempt.Effects));
    }

    [Fact]
    public async Task Slow_body_pauses_in_the_middle_and_arrives_whole()
    {
        var clock = new ObservedClock(TimeSpan.FromSeconds(3));
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options =>
            {
                options.TimeProvider = clock;
                (options.Chaos.SlowBodies, options.Chaos.SlowBodyPause) = (1, TimeSpan.FromSeconds(3));
            },
            Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "tag.created");

        helpScout.Account.CreateTag("fragile");
        var sent = helpScout.WaitUntilSentAsync(Cancellation);
        await clock.Waiting.WaitAsync(Cancellation);
        Assert.False(sent.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(3));

        await sent;
        var attempt = Assert.Single(Log(helpScout));
        Assert.Equal((ChaosEffects.SlowBody, HttpStatusCode.OK), (attempt.Effects, attempt.StatusCode));
        Assert.True(Assert.Single(receiver.Requests).IsSigned);
    }

    [Fact]
    public async Task Aborted_connection_ends_in_the_middle_of_the_body_and_the_retry_is_sound()
    {
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await StartAsync(receiver, chaos => chaos.AbortedConnections = 1);

        await CreateTagsAsync(helpScout, 1);

        Assert.True(Assert.Single(receiver.Requests).IsSigned);
        Assert.Equal([SendFailure.ConnectionBroken, null], Log(helpScout).Select(attempt => attempt.Failure));
        Assert.Equal([ChaosEffects.AbortedConnection, ChaosEffects.None], Log(helpScout).Select(attempt => attempt.Effects));
    }

    [Fact]
    public async Task Everything_at_once_loses_nothing_and_keeps_the_webhook_enabled()
    {
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await StartAsync(receiver, chaos =>
        {
            chaos.SetAll(0.3);
            chaos.SlowBodyPause = TimeSpan.Zero;
        });

        await CreateTagsAsync(helpScout, 60);

        Assert.True(helpScout.Webhooks[0].IsEnabled);
        Assert.Equal(0, helpScout.Webhooks[0].Discards);
        Assert.Equal(60, receiver.Requests.Where(request => request.IsSigned).Select(request => request.Text).Distinct().Count());
        Assert.DoesNotContain(Log(helpScout), attempt =>
            attempt.Effects.HasFlag(ChaosEffects.CorruptedSignature) && attempt.StatusCode is HttpStatusCode.OK);
    }

    [Fact]
    public async Task Same_seed_disturbs_the_same_events_whatever_else_is_on()
    {
        var corrupted = await CorruptedAsync(seed: 3, duplicates: 0);
        var again = await CorruptedAsync(seed: 3, duplicates: 0.5);
        var other = await CorruptedAsync(seed: 4, duplicates: 0);

        Assert.Equal(corrupted, again);
        Assert.NotEqual(corrupted, other);
        Assert.InRange(corrupted.Count, 1, 39);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Probability_outside_0_and_1_is_rejected(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HelpScoutChaos().SetAll(probability));

    private static Task<WebhookReceiver> ReceiverAsync() => WebhookReceiver.StartAsync(
        (request, _) => request.IsSigned ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);

    private static IReadOnlyList<EmulatedAttempt> Log(HelpScoutEmulator helpScout) => helpScout.Webhooks[0].DeliveryLog;

    private async Task<IReadOnlyList<long>> CorruptedAsync(int seed, double duplicates)
    {
        await using var receiver = await ReceiverAsync();
        await using var helpScout = await StartAsync(
            receiver, chaos => (chaos.CorruptedSignatures, chaos.Duplicates) = (0.5, duplicates), seed);
        await CreateTagsAsync(helpScout, 40);
        return
        [
            .. Log(helpScout).Where(attempt => attempt.Effects.HasFlag(ChaosEffects.CorruptedSignature))
                .Select(attempt => attempt.EventNumber).Order(),
        ];
    }

    private async Task<HelpScoutEmulator> StartAsync(WebhookReceiver receiver, Action<HelpScoutChaos> configure, int seed = 1)
    {
        var helpScout = await HelpScoutEmulator.StartAsync(
            options =>
            {
                (options.TimeProvider, options.Seed) = (_clock, seed);
                configure(options.Chaos);
            },
            Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "tag.created");
        return helpScout;
    }

    /// <summary>Creates tags, and lets everything happen that follows.</summary>
    private async Task CreateTagsAsync(HelpScoutEmulator helpScout, int count)
    {
        for (var number = 0; number < count; number++)
        {
            helpScout.Account.CreateTag($"tag {number}");
        }

        while (await helpScout.WaitUntilIdleAsync(Cancellation) is { } next)
        {
            _clock.SetUtcNow(next);
        }
    }

    /// <summary>A clock that reports when a wait of a certain length begins.</summary>
    private sealed class ObservedClock(TimeSpan duration) : FakeTimeProvider
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => _waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == duration)
            {
                _waiting.TrySetResult();
            }

            return timer;
        }
    }
}
