using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>What people may see of who changed what.</summary>
internal sealed class AuditDesk(IAccessStore store)
{
    /// <summary>The record, newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="before">Only entries before this one.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(
        Caller caller, long? before, int limit, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        return store.ListAuditAsync(before, limit, cancellationToken);
    }
}
