using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage;

/// <summary>Stores the secrets of sources that were added at run time, and the ends of configured ones.</summary>
internal interface ISourceSecretStore
{
    /// <summary>Reads all of them, with the key of fingerprints, which never changes.</summary>
    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    Task<StoredSourceSecrets> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Runs a change and stores it, with its audit entries, in one transaction.</summary>
    /// <param name="change">
    /// Decides, given the secrets of that moment; no other change comes in between. It must depend on nothing else and have
    /// no side effects, as it runs again if the transaction is rolled back.
    /// </param>
    /// <returns>What <paramref name="change"/> returned.</returns>
    /// <exception cref="InboxUnavailableException">Nothing was changed, for a transient reason.</exception>
    Task<T> ChangeAsync<T>(Func<SourceSecretChanges, T> change);
}
