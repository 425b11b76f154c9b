using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Removes what is no longer needed, in small steps so that receiving never waits for it.</summary>
internal interface IRetentionStore
{
    /// <summary>Removes a small part of the data past its retention.</summary>
    /// <param name="age">The age clock, which decides what is old; the store saves it.</param>
    /// <param name="events">How long events are kept.</param>
    /// <param name="deadLetters">How long dead letters and their events are kept.</param>
    /// <exception cref="InboxUnavailableException">The store cannot be used now.</exception>
    Task<StepOutcome> RemoveAsync(DateTimeOffset age, TimeSpan events, TimeSpan deadLetters);

    /// <summary>Removes some of the deduplication keys older than the repeat window.</summary>
    /// <param name="age">The age clock; the store saves it.</param>
    /// <exception cref="InboxUnavailableException">The store cannot be used now.</exception>
    Task<StepOutcome> ForgetKeysAsync(DateTimeOffset age);
}
