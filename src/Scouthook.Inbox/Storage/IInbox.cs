using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Appends events: the receiving side of a store.</summary>
internal interface IInbox
{
    /// <summary>Appends a batch in one transaction.</summary>
    /// <param name="batch">The events, in the order they were received.</param>
    /// <returns>One outcome per event, in the same order, once all are on stable storage.</returns>
    /// <exception cref="InboxUnavailableException">Nothing of the batch was stored, for a transient reason.</exception>
    ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch);
}
