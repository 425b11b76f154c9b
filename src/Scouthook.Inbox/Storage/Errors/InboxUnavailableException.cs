namespace Scouthook.Inbox.Storage;

/// <summary>
/// Thrown when the store cannot be used now: the disk is full, the file cannot be written, the database does not
/// respond.
/// </summary>
internal class InboxUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The problem, without any content of an event.</param>
    /// <param name="innerException">The error of the store.</param>
    public InboxUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// True if the store has already logged this reason and keeps rejecting calls for it, so that callers need not log it
    /// again.
    /// </summary>
    public bool IsReported { get; init; }
}
