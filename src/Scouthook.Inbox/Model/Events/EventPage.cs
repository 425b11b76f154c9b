namespace Scouthook.Inbox.Model;

/// <summary>Some events, newest first.</summary>
/// <param name="Events">
/// The events. There may be fewer than requested, even none, although there is a next page: where matches are far
/// apart, a page ends after a bounded amount of reading.
/// </param>
/// <param name="Next">The sequence to continue before, or <see langword="null"/> at the end.</param>
internal sealed record EventPage(IReadOnlyList<StoredEvent> Events, long? Next);
