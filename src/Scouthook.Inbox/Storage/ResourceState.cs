namespace Scouthook.Inbox.Storage;

/// <summary>What is known of a resource.</summary>
/// <param name="LastSequence">The sequence of the newest event stored for it.</param>
/// <param name="NewestOccurredAt">The latest instant that any of its events carried.</param>
/// <param name="DeletedSequence">The sequence of the newest event that says it was deleted.</param>
internal readonly record struct ResourceState(
    long LastSequence, DateTimeOffset? NewestOccurredAt, long? DeletedSequence);
