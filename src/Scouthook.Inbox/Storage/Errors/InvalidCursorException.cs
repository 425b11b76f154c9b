namespace Scouthook.Inbox.Storage;

/// <summary>A cursor was not returned by the list that it is used with.</summary>
internal sealed class InvalidCursorException() : Exception("must be the next of the previous page.");
