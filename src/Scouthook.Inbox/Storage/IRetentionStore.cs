namespace Scouthook.Inbox.Storage;

/// <summary>Removes data past its retention.</summary>
internal interface IRetentionStore
{
    /// <summary>Removes a small part of the expired data.</summary>
    /// <param name="now">The current instant.</param>
    /// <param name="age">The age clock, which decides what is old; the store saves it.</param>
    /// <param name="events">How long events are kept.</param>
    /// <param name="deadLetters">How long dead letters and their events are kept.</param>
    /// <returns><see langword="true"/> while there may be more.</returns>
    Task<bool> RemoveAsync(DateTimeOffset now, DateTimeOffset age, TimeSpan events, TimeSpan deadLetters);
}
