using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>The known state of a resource.</summary>
/// <param name="LastSequence">The sequence of the newest event stored for it.</param>
/// <param name="NewestChangedAt">When the newest state among its bodies last changed.</param>
/// <param name="DeletedSequence">The sequence of the newest event that reports its deletion.</param>
internal readonly record struct ResourceState(
    long LastSequence, DateTimeOffset? NewestChangedAt, long? DeletedSequence)
{
    /// <summary>Returns the state after an event of the resource has been stored.</summary>
    /// <param name="before">The state before; <see langword="null"/> if the resource was not seen before.</param>
    /// <param name="added">The event.</param>
    /// <param name="sequence">Its sequence.</param>
    public static ResourceState After(ResourceState? before, NewEvent added, long sequence) => new(
        sequence,
        added.Facts.ChangedAt is { } at && !(at <= before?.NewestChangedAt) ? at : before?.NewestChangedAt,
        added.IsDeletion ? sequence : before?.DeletedSequence);
}
