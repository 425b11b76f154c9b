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

    /// <summary>Returns when to try again.</summary>
    /// <param name="attempt">The number of the attempt that failed, from 1.</param>
    /// <param name="result">How it failed.</param>
    /// <param name="now">When it failed.</param>
    /// <param name="random">The random number, from 0 (shortest wait) to 1 (longest).</param>
    /// <returns>
    /// The time of the next attempt; <see langword="null"/> if there is none: the delivery is out of attempts or
    /// finished.
    /// </returns>
    public DateTimeOffset? Next(int attempt, AttemptResult result, DateTimeOffset now, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        if (attempt >= MaxAttempts
            || result.Outcome is AttemptOutcome.Delivered or AttemptOutcome.Gone or AttemptOutcome.GivenUp)
        {
            return null;
        }

        var ticks = Math.Min(Wait(attempt, result, random), LongestWait.Ticks);
        var left = (DateTimeOffset.MaxValue - now).Ticks;
        return ticks < left ? now.AddTicks((long)ticks) : DateTimeOffset.MaxValue;
    }

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
