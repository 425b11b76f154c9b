namespace Scouthook.Inbox.Storage;

/// <summary>Opens a store, and reports whether it can be used.</summary>
internal interface IStore
{
    /// <summary>Describes where the data is, for an operator. Contains no secrets.</summary>
    string Location { get; }

    /// <summary>The local directory whose disk the data fills; <see langword="null"/> if the data is elsewhere.</summary>
    string? Directory { get; }

    /// <summary>
    /// Describes how the node learns of the commits of other nodes, for an operator; <see langword="null"/> where there are none.
    /// </summary>
    string? Sharing => null;

    /// <summary>Prepares the store. Called once, before anything is received.</summary>
    /// <param name="cancellationToken">Set when the app is stopping.</param>
    /// <returns>A task that ends once the store has been checked.</returns>
    /// <exception cref="InboxRefusedException">
    /// The store must not be used; the message gives the reason and the remedy.
    /// </exception>
    /// <exception cref="InboxUnavailableException">The store cannot be used now; appending will retry.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Checks that the store responds and can be written.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The problem, in a sentence for an operator, or <see langword="null"/>.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}
