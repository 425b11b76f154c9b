namespace Scouthook.Inbox.Storage;

/// <summary>
/// Thrown when the store must not be used and waiting does not help; the message gives the reason and the remedy.
/// </summary>
internal sealed class InboxRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The reason and the remedy.</param>
    public InboxRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>True if the content of the store is damaged.</summary>
    public bool IsCorrupt { get; init; }
}
