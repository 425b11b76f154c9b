using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Services;

/// <summary>Writes audit entries: who changed what, and when.</summary>
/// <remarks>The store records an entry in the transaction of its change, so that neither exists without the other.</remarks>
internal sealed class AuditRecorder(IAccessStore store, TimeProvider timeProvider)
{
    public AuditEntry Entry(Caller caller, string action, string? target, JsonObject? detail = null) =>
        new(timeProvider.GetUtcNow(), caller.Name, caller.KeyId, action, target, detail?.ToJsonString());

    /// <summary>Records an action that changes nothing in the store.</summary>
    /// <remarks>It takes no token: a caller that disconnects must not leave an action unrecorded.</remarks>
    public Task RecordAsync(Caller caller, string action, string? target, JsonObject? detail = null) =>
        store.RecordAsync(Entry(caller, action, target, detail));
}
