using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Delivering.Scheduling;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering;

/// <summary>Makes an attempt and decides the next state of the delivery.</summary>
internal sealed class AttemptExecutor(
    LiveDeliverySettings settings,
    DeliveryMetrics metrics,
    TimeProvider timeProvider,
    Func<double> random,
    ILogger<AttemptExecutor> logger)
{
    public int Concurrency(WebhookEndpoint endpoint) => endpoint.Definition.Concurrency ?? settings.Current.Concurrency;

    public TimeSpan Timeout(WebhookEndpoint endpoint) => endpoint.Definition.Timeout ?? settings.Current.Timeout;

    /// <summary>The longest time a delivery may wait for its next attempt.</summary>
    public TimeSpan LongestWait => new RetrySchedule(settings.Current.RetrySchedule).LongestWait;

    /// <summary>Makes one attempt of a delivery.</summary>
    /// <param name="lease">The delivery.</param>
    /// <param name="destination">The destination to deliver to.</param>
    /// <param name="cancellationToken">Set when the process must exit.</param>
    /// <returns>
    /// The new state of the delivery; <see langword="null"/> if no attempt can be made now and none counts.
    /// </returns>
    /// <exception cref="OperationCanceledException">
    /// The token was set; whether the event arrived is unknown.
    /// </exception>
    public async Task<Settlement?> AttemptAsync(
        DeliveryLease lease, IDestination destination, CancellationToken cancellationToken)
    {
        var schedule = new RetrySchedule(settings.Current.RetrySchedule);
        var startedAt = timeProvider.GetUtcNow();
        if (schedule.IsBeyondLast(lease.AttemptSinceReopened))
        {
            return Interrupted(lease, startedAt);
        }

        if (destination.UnavailableReason is not null)
        {
            return null;
        }

        using var activity = AttemptActivity.Start(lease);
        var result = await MeasureAsync(destination, lease, Timeout(lease.Endpoint), timeProvider, cancellationToken);
        metrics.Attempted(lease.Endpoint.Id, result);
        AttemptActivity.End(activity, result);
        var decision = schedule.After(lease.AttemptSinceReopened, result, random());
        var settlement = new Settlement
        {
            Lease = lease,
            StartedAt = startedAt,
            Result = result,
            State = decision.State,
            RetryAfter = decision.RetryAfter,
            Reason = decision.Reason,
        };
        Log(settlement);
        return settlement;
    }

    /// <summary>Makes one attempt at a destination and measures how long it takes.</summary>
    internal static async Task<AttemptResult> MeasureAsync(
        IDestination destination,
        DeliveryLease lease,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var result = await destination.AttemptAsync(lease, timeout, cancellationToken);
        return result with { Duration = timeProvider.GetElapsedTime(started) };
    }

    /// <summary>Ends a delivery whose process died during every attempt: the delivery may be the cause.</summary>
    private static Settlement Interrupted(DeliveryLease lease, DateTimeOffset now) => new()
    {
        Lease = lease,
        StartedAt = now,
        Result = new AttemptResult
        {
            Outcome = AttemptOutcome.Interrupted,
            Error = "Not attempted: in every previous attempt, the process ended or the lease expired.",
        },
        State = DeliveryState.DeadLettered,
        Reason = "In every attempt, the process ended or the lease expired.",
    };

    private void Log(Settlement settlement)
    {
        var lease = settlement.Lease;
        if (settlement.RetryAfter is { } wait)
        {
            var now = timeProvider.GetUtcNow();
            InboxLog.AttemptFailed(
                logger,
                lease.DeliveryId,
                lease.Endpoint.Name,
                lease.Attempt,
                settlement.Result.Outcome.ToString(),
                wait < DateTimeOffset.MaxValue - now ? now + wait : DateTimeOffset.MaxValue);
        }
        else if (settlement.State is DeliveryState.DeadLettered)
        {
            InboxLog.DeadLettered(logger, lease.DeliveryId, lease.Endpoint.Name, lease.Attempt, settlement.Reason!);
        }
    }
}
