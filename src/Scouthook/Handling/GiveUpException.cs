namespace Scouthook.Handling;

/// <summary>Thrown by a handler when retrying is of no use.</summary>
/// <remarks>
/// With an inbox the delivery becomes a dead letter at once, kept until it is retried, replayed or discarded. Without
/// one, the event is acknowledged and an error is logged: another request from Help Scout would have the same result.
/// </remarks>
public sealed class GiveUpException : Exception
{
    /// <summary>Gives the event up.</summary>
    /// <param name="message">The reason, for operators who read dead letters; stored with the attempt, so no payload and no secret.</param>
    public GiveUpException(string message)
        : base(message)
    {
    }

    /// <summary>Gives the event up because of another exception.</summary>
    /// <param name="message">The reason, for operators who read dead letters; stored with the attempt, so no payload and no secret.</param>
    /// <param name="innerException">The cause; it is written to the log of the app and not kept with the attempt.</param>
    public GiveUpException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
