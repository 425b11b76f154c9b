using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Appends verified requests: the receiving side of a store.</summary>
internal interface IInbox
{
    /// <summary>Prepares the store. Called once, before anything is received.</summary>
    /// <param name="cancellationToken">Set when the app is stopping.</param>
    /// <returns>A task that ends once the store has been checked.</returns>
    /// <exception cref="InboxRefusedException">
    /// The store must not be used; the message gives the reason and the remedy.
    /// </exception>
    /// <exception cref="InboxUnavailableException">The store cannot be used now; appending will retry.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Appends a batch in one transaction.</summary>
    /// <param name="batch">The events, in the order they were received.</param>
    /// <returns>One outcome per event, in the same order, once all are on stable storage.</returns>
    /// <exception cref="InboxUnavailableException">Nothing of the batch was stored, for a transient reason.</exception>
    ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch);

    /// <summary>Removes deduplication keys older than the repeat window, a bounded number at a time.</summary>
    /// <param name="age">The age clock; the store saves it.</param>
    /// <returns>Whether more remain to be removed.</returns>
    /// <exception cref="InboxUnavailableException">The store cannot be used now.</exception>
    Task<bool> ForgetKeysAsync(DateTimeOffset age);
}
