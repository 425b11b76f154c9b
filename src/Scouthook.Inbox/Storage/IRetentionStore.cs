namespace Scouthook.Inbox.Storage;

/// <summary>Removes what is older than it need be.</summary>
internal interface IRetentionStore
{
    /// <summary>Removes a small part of what has passed its time.</summary>
    /// <param name="now">The current instant.</param>
    /// <param name="age">The age clock, by which things are old; the store keeps it.</param>
    /// <param name="events">How long events are kept.</param>
    /// <param name="deadLetters">How long dead letters and their events are kept.</param>
    /// <returns><see langword="true"/> while there may be more.</returns>
    Task<bool> RemoveAsync(DateTimeOffset now, DateTimeOffset age, TimeSpan events, TimeSpan deadLetters);
}
