namespace Scouthook.Handling;

/// <summary>Thrown by a handler that wants the event again later: what it needs is not there yet, or is busy.</summary>
/// <remarks>
/// With an inbox the event comes back after the delay, or later if the retry schedule says so, and the attempt counts.
/// Without one, Help Scout is asked to send the event again, when it chooses.
/// </remarks>
public sealed class RetryLaterException : Exception
{
    /// <summary>Asks for the event again after a delay.</summary>
    /// <param name="delay">How long to wait at least; zero or more.</param>
    /// <param name="reason">Why, in words for people who look at deliveries; no payload, no secret.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public RetryLaterException(TimeSpan delay, string reason)
        : base(reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Delay = delay;
    }

    /// <summary>How long to wait at least.</summary>
    public TimeSpan Delay { get; }
}
