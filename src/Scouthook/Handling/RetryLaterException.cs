namespace Scouthook.Handling;

/// <summary>Thrown by a handler that wants the event again later, because a prerequisite is missing or busy.</summary>
/// <remarks>
/// With an inbox the next attempt is made after exactly this delay, whatever the retry schedule says for it and without
/// jitter; a delay longer than the longest wait of the schedule or 24 hours, whichever is longer, is cut to that. The
/// attempt counts: after the last attempt of the schedule the delivery becomes a dead letter. Without an inbox Help Scout is
/// asked to send the event again, when it chooses.
/// </remarks>
public sealed class RetryLaterException : Exception
{
    /// <summary>Requests the event again after a delay.</summary>
    /// <param name="delay">How long to wait; <see cref="TimeSpan.Zero"/>: the next attempt is made at once.</param>
    /// <param name="message">The reason, for operators who read deliveries; stored with the attempt, so no payload and no secret.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public RetryLaterException(TimeSpan delay, string message)
        : this(delay, message, null)
    {
    }

    /// <summary>Asks for the event again after a delay, because of another exception.</summary>
    /// <param name="delay">How long to wait; <see cref="TimeSpan.Zero"/>: the next attempt is made at once.</param>
    /// <param name="message">The reason, for operators who read deliveries; stored with the attempt, so no payload and no secret.</param>
    /// <param name="innerException">The cause; it is written to the log of the app and not kept with the attempt.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public RetryLaterException(TimeSpan delay, string message, Exception? innerException)
        : base(message, innerException)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Delay = delay;
    }

    /// <summary>The minimum wait.</summary>
    public TimeSpan Delay { get; }
}
