namespace Scouthook.Inbox.Rules;

/// <summary>Events to be dispatched to the endpoints at one position.</summary>
/// <param name="Position">The position that the endpoints share.</param>
/// <param name="Through">The sequence up to which they may advance in this round.</param>
internal readonly record struct DispatchRange(long Position, long Through);
