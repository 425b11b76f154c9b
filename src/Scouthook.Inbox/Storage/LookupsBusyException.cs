namespace Scouthook.Inbox.Storage;

/// <summary>A look-up waited too long for its turn.</summary>
internal sealed class LookupsBusyException()
    : Exception("Too many look-ups are running. Try again later, or raise Scouthook:Management:MaxLookups.");
