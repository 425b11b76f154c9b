namespace Scouthook.Inbox.Storage;

/// <summary>A stored event with the same deduplication key.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="ReceivedAt">When it was received.</param>
internal readonly record struct KeptEvent(long Sequence, DateTimeOffset ReceivedAt);
