using System.Globalization;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Decides about the health of an endpoint: when it is failing, when it is down, and when it is disabled.</summary>
/// <remarks>
/// A day of failures counts when an attempt fails at least a day after the count began or last went up, by the age
/// clock and by the clock for waits. So neither a wall clock that jumps, nor a pause between two failures, nor an age
/// clock that catches up turns hours into days.
/// </remarks>
internal static class EndpointHealthRule
{
    /// <summary>This many consecutive failures, over <see cref="DownAfter"/>, mean that an endpoint is down.</summary>
    public const int DownFailures = 5;

    public static readonly TimeSpan DownAfter = TimeSpan.FromSeconds(10);

    /// <summary>An endpoint is disabled after this long without a success.</summary>
    public static readonly TimeSpan DisableAfter = TimeSpan.FromDays(5);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Saves a write for most deliveries; readers do not notice the difference.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>Returns the condition of an endpoint, as shown by its last attempts.</summary>
    public static EndpointCondition ConditionOf(WebhookEndpoint endpoint) => endpoint.FailingSince is { } since
        ? IsDown(endpoint.Health.Failures, endpoint.Health.LastFailedAt.GetValueOrDefault(since) - since)
            ? EndpointCondition.Down
            : EndpointCondition.Failing
        : endpoint.Health is { LastDeliveredAt: not null, LastFailedAt: null } ? EndpointCondition.Ok : EndpointCondition.Unknown;

    /// <summary>Returns whether consecutive failures mean that an endpoint is down.</summary>
    /// <param name="failures">Their number.</param>
    /// <param name="span">The time from the first to the last of them.</param>
    public static bool IsDown(int failures, TimeSpan span) => failures >= DownFailures && span >= DownAfter;

    /// <summary>Returns whether an endpoint is at fault for the result of an attempt.</summary>
    /// <remarks>A handler that asks for time or gives up on one event works.</remarks>
    /// <returns><see langword="null"/> if no attempt was made that could show it.</returns>
    public static bool? IsAtFault(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered or AttemptOutcome.RetryLater or AttemptOutcome.GivenUp => false,
        AttemptOutcome.Interrupted or AttemptOutcome.Unreadable or AttemptOutcome.SecretUnreadable => null,
        _ => true,
    };

    /// <summary>Decides what an attempt means for the health of its endpoint.</summary>
    /// <param name="endpoint">The endpoint now; <see langword="null"/> if it was deleted.</param>
    /// <param name="settlement">The settled attempt.</param>
    /// <param name="time">The time of the store.</param>
    /// <returns><see langword="null"/> if nothing changes.</returns>
    public static EndpointHealthChange? After(WebhookEndpoint? endpoint, Settlement settlement, StoreTime time)
    {
        // Leased before the endpoint was resumed or changed: the outcome must not disable its present state.
        if (endpoint is null
            || endpoint.Revision != settlement.Lease.Endpoint.Revision
            || IsAtFault(settlement.Result.Outcome) is not { } isAtFault)
        {
            return null;
        }

        return isAtFault ? Fail(endpoint, settlement.Result, time) : Succeed(endpoint, settlement, time.Now);
    }

    private static EndpointHealthChange? Succeed(WebhookEndpoint endpoint, Settlement settlement, DateTimeOffset now)
    {
        var health = endpoint.Health;
        var isDelivered = settlement.State is DeliveryState.Delivered;
        if (endpoint.FailingSince is null
            && health.LastFailedAt is null
            && (!isDelivered || (now >= health.LastDeliveredAt && now - health.LastDeliveredAt < Resolution)))
        {
            return null;
        }

        return new EndpointHealthChange(
            endpoint with
            {
                FailingSince = null,
                Health = new EndpointHealth { LastDeliveredAt = isDelivered ? now : health.LastDeliveredAt },
            },
            IsUpAgain: ConditionOf(endpoint) is EndpointCondition.Down,
            DisableReason: null);
    }

    private static EndpointHealthChange Fail(WebhookEndpoint endpoint, AttemptResult result, StoreTime time)
    {
        var health = Count(endpoint.Health, time.Steady, time.Age) with
        {
            Failures = endpoint.Health.Failures + 1,
            LastFailedAt = time.Now,
            LastError = result.Error ?? result.Outcome.ToString(),
        };
        return new EndpointHealthChange(
            endpoint with
            {
                // A beginning in the future was recorded while the clock was wrong.
                FailingSince = endpoint.FailingSince <= time.Now ? endpoint.FailingSince.Value : time.Now,
                Health = health,
            },
            IsUpAgain: false,
            endpoint.State is EndpointState.Enabled ? DisableReason(result, health) : null);
    }

    /// <returns>Why the endpoint is to be disabled, or <see langword="null"/>.</returns>
    private static string? DisableReason(AttemptResult result, EndpointHealth health)
    {
        if (result.Outcome is AttemptOutcome.Gone)
        {
            return "It responded with 410 (Gone).";
        }

        return health.FailingDays >= DisableAfter.TotalDays
            ? string.Create(CultureInfo.InvariantCulture, $"Every attempt of the last {DisableAfter.TotalDays:0.#} days failed.")
            : null;
    }

    private static EndpointHealth Count(EndpointHealth health, DateTimeOffset steady, DateTimeOffset age)
    {
        if (health.FailingDayAt is not { } dayAt || health.FailingDayAge is not { } dayAge || dayAt > steady)
        {
            return health with { FailingDayAt = steady, FailingDayAge = health.FailingDayAge ?? age };
        }

        if (steady - dayAt < Day || age - dayAge < Day)
        {
            return health;
        }

        // The time beyond a day counts towards the next one, so that days do not become longer.
        return health with
        {
            FailingDays = health.FailingDays + 1,
            FailingDayAt = steady.AddTicks(-((steady - dayAt).Ticks % Day.Ticks)),
            FailingDayAge = age.AddTicks(-((age - dayAge).Ticks % Day.Ticks)),
        };
    }
}
