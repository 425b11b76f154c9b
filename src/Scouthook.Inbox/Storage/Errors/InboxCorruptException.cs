namespace Scouthook.Inbox.Storage;

/// <summary>Thrown when the store is damaged: waiting does not help, it must be restored from a backup.</summary>
internal sealed class InboxCorruptException : InboxUnavailableException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The damage and its remedy.</param>
    /// <param name="innerException">The error of the store.</param>
    public InboxCorruptException(string message, Exception? innerException = null)
        : base(message, innerException) =>
        IsReported = true;
}
