namespace Scouthook.Inbox.Storage;

/// <summary>The store cannot be used now: the disk is full, the file cannot be written, the database does not answer.</summary>
internal class InboxUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is the matter, without anything of an event.</param>
    /// <param name="innerException">What the store said.</param>
    public InboxUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the store has logged it already and goes on refusing for this reason: not to be logged each time.</summary>
    public bool IsReported { get; init; }
}
