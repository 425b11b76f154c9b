namespace Scouthook.Inbox.Storage;

/// <summary>The store is damaged: waiting does not help, it has to be restored from a backup.</summary>
internal sealed class InboxCorruptException : InboxUnavailableException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is damaged, and what to do.</param>
    /// <param name="innerException">What the store said.</param>
    public InboxCorruptException(string message, Exception? innerException = null)
        : base(message, innerException) =>
        IsReported = true;
}
