namespace Scouthook.Inbox.Storage;

/// <summary>Ids with the same ending.</summary>
/// <param name="Ids">A few of them, the newest first.</param>
/// <param name="IsComplete">Whether every id was compared, and not only the newest.</param>
internal readonly record struct IdMatches(IReadOnlyList<Guid> Ids, bool IsComplete);
