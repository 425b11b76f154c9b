namespace Scouthook.Inbox.Storage;

/// <summary>Thrown when a look-up waited too long for a slot.</summary>
internal sealed class LookupsBusyException()
    : Exception("Too many look-ups are running. Try again later, or raise Scouthook:Management:MaxLookups.");
