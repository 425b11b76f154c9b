namespace Scouthook.Inbox.Storage;

/// <summary>The store must not be used, and waiting does not help: the message says why and what to do.</summary>
internal sealed class InboxRefusedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public InboxRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Whether the content of the store is damaged.</summary>
    public bool IsCorrupt { get; init; }
}
