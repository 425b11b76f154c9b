namespace Scouthook.Inbox.Storage;

/// <summary>The known state of a resource.</summary>
/// <param name="LastSequence">The sequence of the newest event stored for it.</param>
/// <param name="NewestChangedAt">When the newest state among its bodies last changed.</param>
/// <param name="DeletedSequence">The sequence of the newest event that reports its deletion.</param>
internal readonly record struct ResourceState(
    long LastSequence, DateTimeOffset? NewestChangedAt, long? DeletedSequence);
