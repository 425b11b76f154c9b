namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>The key ring cannot encrypt, or a secret cannot be decrypted with it. The message says what to do.</summary>
internal sealed class KeyRingUnusableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
