namespace Scouthook.Inbox.Model;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">
/// The items. There may be fewer than requested, even none, although there is a next page: where matches are far apart, a
/// page ends after a bounded amount of reading.
/// </param>
/// <param name="Next">
/// The cursor of the next page; <see langword="null"/> if this is the last. Only the store that returned it understands it.
/// </param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
