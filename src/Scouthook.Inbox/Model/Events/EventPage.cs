namespace Scouthook.Inbox.Model;

/// <summary>Some events, newest first.</summary>
/// <param name="Events">
/// The events. There may be fewer than asked for, even none, while there is a next page: where matches lie far apart,
/// a page ends after a bounded amount of looking.
/// </param>
/// <param name="Next">The sequence to go on before, or <see langword="null"/> at the end.</param>
internal sealed record EventPage(IReadOnlyList<StoredEvent> Events, long? Next);
