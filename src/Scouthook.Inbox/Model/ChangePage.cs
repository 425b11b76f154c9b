namespace Scouthook.Inbox.Model;

/// <summary>The changes after a position in commit order.</summary>
/// <param name="Changes">The changes, oldest first.</param>
/// <param name="Through">
/// The position they go up to; if it is beyond the last change, the changes between have been removed.
/// </param>
/// <param name="IsGap">Whether changes between the requested position and the first one are no longer stored.</param>
internal sealed record ChangePage(IReadOnlyList<Change> Changes, long Through, bool IsGap);
