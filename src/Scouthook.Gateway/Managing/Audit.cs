using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>Notes every change: who, what, when.</summary>
internal sealed class Audit(IAccessStore store, TimeProvider timeProvider)
{
    public Task RecordAsync(Caller caller, string action, string? target, JsonObject? detail = null) =>
        store.RecordAsync(new AuditEntry(timeProvider.GetUtcNow(), caller.Name, action, target, detail?.ToJsonString()));
}
