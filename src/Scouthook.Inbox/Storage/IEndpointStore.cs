using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage;

/// <summary>Stores the endpoints.</summary>
internal interface IEndpointStore
{
    /// <summary>Lists all endpoints, in order of creation.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken);

    Task<WebhookEndpoint?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Runs a change and stores it, with its audit entries and operational events, in one transaction.</summary>
    /// <param name="change">
    /// Decides, given the endpoints of that moment; no other change comes in between. It must depend on nothing else and have
    /// no side effects, as it runs again if the transaction is rolled back.
    /// </param>
    /// <returns>
    /// What <paramref name="change"/> returned. Deliveries that become due, or that are discarded with a removed endpoint, may
    /// be many and are then written in further transactions; if the process ends before, they are at a later time.
    /// </returns>
    /// <exception cref="InboxUnavailableException">Nothing was changed, for a transient reason.</exception>
    Task<T> ChangeAsync<T>(Func<EndpointChanges, T> change);
}
