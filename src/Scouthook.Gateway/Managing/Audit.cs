using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>Notes every change: who, what, when.</summary>
internal sealed class Audit(IAccessStore store, TimeProvider timeProvider)
{
    public Task RecordAsync(Caller caller, string action, string? target, JsonObject? detail = null) =>
        store.RecordAsync(new AuditEntry(timeProvider.GetUtcNow(), caller.Name, action, target, detail?.ToJsonString()));

    public static async Task<IReadOnlyList<AuditEntry>> ListAsync(
        IAccessStore store, Caller caller, long? before, int limit, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        return await store.ListAuditAsync(before, limit, cancellationToken);
    }
}
