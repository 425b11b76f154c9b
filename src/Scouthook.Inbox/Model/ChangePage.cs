namespace Scouthook.Inbox.Model;

/// <summary>What came after a place in the order of commit.</summary>
/// <param name="Changes">The changes, oldest first.</param>
/// <param name="Through">The place they go up to; where it is further than the last of them, what lay between is gone.</param>
/// <param name="IsGap">Whether something between the place asked for and the first change is not kept any more.</param>
internal sealed record ChangePage(IReadOnlyList<Change> Changes, long Through, bool IsGap);
