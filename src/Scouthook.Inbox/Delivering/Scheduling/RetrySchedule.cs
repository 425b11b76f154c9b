using System.Globalization;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Scheduling;

/// <summary>Decides when a failed delivery is retried and when it becomes a dead letter.</summary>
/// <remarks>
/// The result depends only on the attempt's number, its result, the time and the random number, all passed in. A
/// delivery resumed after a crash, or by another node, therefore keeps its schedule. Jitter spreads deliveries that
/// failed together, so an endpoint that recovers is not hit by all of them at once; a <c>Retry-After</c> may lengthen a
/// wait, never shorten it. No wait is longer than <see cref="LongestWait"/>.
/// </remarks>
internal sealed class RetrySchedule(IReadOnlyList<TimeSpan> waits)
{
    /// <summary>The largest share of a wait that jitter adds or subtracts.</summary>
    public const double Jitter = 0.2;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The longest possible wait: a day or the longest of the schedule, plus jitter.</summary>
    public TimeSpan LongestWait
    {
        get
        {
            var longest = waits.Count > 0 && waits.Max() is var most && most > Day ? most : Day;
            return longest < TimeSpan.MaxValue / (1 + Jitter) ? longest * (1 + Jitter) : TimeSpan.MaxValue;
        }
    }

    /// <summary>The total number of attempts.</summary>
    public int MaxAttempts => waits.Count + 1;

    /// <summary>Decides what becomes of a delivery after an attempt.</summary>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="random">The random number, from 0 (shortest wait) to 1 (longest).</param>
    public AttemptDecision After(int attempt, AttemptResult result, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        return result.Outcome switch
        {
            AttemptOutcome.Delivered => new AttemptDecision(DeliveryState.Delivered),
            AttemptOutcome.Gone => AttemptDecision.DeadLetter("The endpoint responded with 410 (Gone)."),
            AttemptOutcome.GivenUp or AttemptOutcome.Unreadable =>
                AttemptDecision.DeadLetter(result.Error ?? "The handler gave up."),
            _ when attempt >= MaxAttempts => AttemptDecision.DeadLetter(
                attempt == 1
                    ? $"The only attempt failed: {result.Error}"
                    : string.Create(CultureInfo.InvariantCulture, $"All {attempt} attempts failed. Last error: {result.Error}")),
            _ => new AttemptDecision(
                DeliveryState.Pending,
                RetryAfter: TimeSpan.FromTicks((long)Math.Min(Wait(attempt, result, random), LongestWait.Ticks))),
        };
    }

    /// <summary>
    /// Returns whether an attempt must not be made any more: the process ended, or the lease expired, during every attempt
    /// before, so the delivery may be the cause.
    /// </summary>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    public bool IsBeyondLast(int attempt) => attempt > MaxAttempts;

    private double Wait(int attempt, AttemptResult result, double random)
    {
        if (result is { Outcome: AttemptOutcome.RetryLater, RetryAfter: { } delay })
        {
            return delay.Ticks;
        }

        // Clamped so that no source of randomness can exceed the documented bounds.
        var factor = 1 - Jitter + 2 * Jitter * Math.Clamp(random, 0, 1);
        return Math.Max(waits[attempt - 1].Ticks * factor, result.RetryAfter.GetValueOrDefault().Ticks);
    }
}
