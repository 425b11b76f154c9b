namespace Scouthook.Inbox.Storage;

/// <summary>What is known of a resource.</summary>
/// <param name="LastSequence">The sequence of the newest event stored for it.</param>
/// <param name="NewestChangedAt">How new the newest of its bodies is.</param>
/// <param name="DeletedSequence">The sequence of the newest event that says it was deleted.</param>
internal readonly record struct ResourceState(
    long LastSequence, DateTimeOffset? NewestChangedAt, long? DeletedSequence);
