namespace Scouthook.Inbox.Storage;

/// <summary>Ids with the same ending.</summary>
/// <param name="Ids">Some of the ids, newest first.</param>
/// <param name="IsComplete">Whether all ids were compared, and not only the newest.</param>
internal readonly record struct IdMatches(IReadOnlyList<Guid> Ids, bool IsComplete);
