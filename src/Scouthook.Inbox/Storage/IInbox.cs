using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Appends verified requests: the receiving side of a store.</summary>
internal interface IInbox
{
    /// <summary>Prepares the store. Called once, before anything is received.</summary>
    /// <param name="cancellationToken">Set when the app is being stopped.</param>
    /// <returns>A task that ends when the store has been looked at.</returns>
    /// <exception cref="InboxRefusedException">The store must not be used; the message says why and what to do.</exception>
    /// <exception cref="InboxUnavailableException">The store cannot be used now; appending tries again.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Appends a batch in one transaction.</summary>
    /// <param name="batch">The events, in the order they were received.</param>
    /// <returns>One outcome per event, in the same order, once all of them are on stable storage.</returns>
    /// <exception cref="InboxUnavailableException">Nothing of the batch was stored, for a reason that may pass.</exception>
    ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch);

    /// <summary>Forgets deduplication keys that are older than the repeat window, a bounded number at a time.</summary>
    /// <param name="age">The age clock; the store keeps it.</param>
    /// <returns>Whether more are left to forget.</returns>
    /// <exception cref="InboxUnavailableException">The store cannot be used now.</exception>
    Task<bool> ForgetKeysAsync(DateTimeOffset age);
}
