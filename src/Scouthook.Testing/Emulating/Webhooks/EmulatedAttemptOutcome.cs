namespace Scouthook.Testing;

/// <summary>The status of an event after an <see cref="EmulatedAttempt"/>.</summary>
public enum EmulatedAttemptOutcome
{
    /// <summary>The response was 2xx; the event is done.</summary>
    Acknowledged,

    /// <summary>The event is sent again later.</summary>
    Retrying,

    /// <summary>The last attempt failed; the event is not sent again.</summary>
    Discarded,

    /// <summary>The response was 410, which disabled the webhook; or it was disabled, changed or deleted during the attempt.</summary>
    Dropped,

    /// <summary>A duplicate was rejected. It does not count as an attempt.</summary>
    Ignored,
}
