namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>
/// Thrown when the key ring cannot encrypt, or cannot decrypt a secret. The message contains the remedy.
/// </summary>
internal sealed class KeyRingUnusableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
