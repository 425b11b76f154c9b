using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Turns stored events into deliveries.</summary>
internal interface IDispatchStore
{
    /// <summary>
    /// Writes deliveries for events above the positions of the endpoints, at most some hundred, and advances the
    /// positions.
    /// </summary>
    /// <exception cref="InboxUnavailableException">Nothing was written, for a transient reason.</exception>
    Task<DispatchOutcome> DispatchAsync();

    /// <summary>
    /// Lets the store also dispatch in the transactions that store events, as far as no request has to wait for it.
    /// </summary>
    /// <param name="done">Called after each such transaction that wrote deliveries; it must neither block nor throw.</param>
    /// <remarks>A store need not do it. What is left is signaled as stored events are.</remarks>
    void DispatchAlong(Action<DispatchOutcome> done)
    {
    }
}
