using System.Net;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Emulating;

/// <summary>A busy day with every disturbance, compared event by event with what arrived.</summary>
public sealed class SoakTests
{
    private static readonly int LeastRequests = Environment.GetEnvironmentVariable("SCOUTHOOK_LONG") == "1" ? 50_000 : 600;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_of_a_busy_day_arrives_and_counts_as_one()
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await WebhookReceiver.StartAsync((request, before) =>
        {
            if (before >= LeastRequests)
            {
                enough.TrySetResult();
            }

            return !request.IsSigned ? HttpStatusCode.Unauthorized
                : before % 10 is 0 ? HttpStatusCode.ServiceUnavailable
                : HttpStatusCode.OK;
        });
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options =>
            {
                options.EventsPerSecond = 200;
                options.ConcurrentRequests = 16;
                options.DeliveryLogLength = int.MaxValue;
                options.RetrySchedule = [TimeSpan.FromMilliseconds(20)];
                options.Chaos.SetAll(0.1);
                options.Chaos.DuplicateDelay = options.Chaos.LateRetryDelay = TimeSpan.FromMilliseconds(200);
                options.Chaos.ReorderDelay = options.Chaos.SlowBodyPause = TimeSpan.FromMilliseconds(100);
                options.Webhooks.Add(new WebhookDefinition { Url = receiver.Url, Secret = WebhookReceiver.Secret });
            },
            Cancellation);

        await enough.Task.WaitAsync(Cancellation);
        await helpScout.EndBusyDayAsync();
        await helpScout.WaitUntilSentAsync(Cancellation);

        var webhook = Assert.Single(helpScout.Webhooks);
        var acknowledged = webhook.DeliveryLog.Where(attempt => attempt.Outcome is EmulatedAttemptOutcome.Acknowledged)
            .Select(attempt => attempt.EventNumber).Distinct().Order().ToList();
        Assert.Equal((true, 0, 0), (webhook.IsEnabled, webhook.Discards, webhook.Pending));
        Assert.Equal(Enumerable.Range(1, acknowledged.Count).Select(number => (long)number), acknowledged);

        // A receiver recognises what is sent again by its name and body: Help Scout sends no id.
        var sent = webhook.DeliveryLog.GroupBy(attempt => attempt.EventNumber).Select(attempts => attempts.First())
            .Select(attempt => (attempt.EventName, Convert.ToHexString(attempt.Body.Span))).ToList();
        var alike = sent.GroupBy(happened => happened).Where(events => events.Count() > 1).Select(events => events.Key.EventName).ToList();
        Assert.True(alike.Count is 0, $"{alike.Count} of {sent.Count} events are like another one: {string.Join(", ", alike)}");
        var arrived = receiver.Requests.Where(request => request.IsSigned)
            .Select(request => (request.Name, Convert.ToHexString(request.Body))).ToHashSet();
        Assert.Equal(acknowledged.Count, arrived.Count);
        Assert.All(sent, happened => Assert.Contains(happened, arrived));
    }
}
