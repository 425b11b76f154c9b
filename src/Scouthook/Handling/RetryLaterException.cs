namespace Scouthook.Handling;

/// <summary>Thrown by a handler that wants the event again later, because a prerequisite is missing or busy.</summary>
/// <remarks>
/// With an inbox the event is delivered again after the delay, or later if the retry schedule says so, and the attempt
/// counts. Without one, Help Scout is asked to send the event again, at a time it chooses.
/// </remarks>
public sealed class RetryLaterException : Exception
{
    /// <summary>Requests the event again after a delay.</summary>
    /// <param name="delay">The minimum wait; zero or more.</param>
    /// <param name="reason">The reason, for the operators who read deliveries; no payload, no secret.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public RetryLaterException(TimeSpan delay, string reason)
        : base(reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Delay = delay;
    }

    /// <summary>The minimum wait.</summary>
    public TimeSpan Delay { get; }
}
