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
}
