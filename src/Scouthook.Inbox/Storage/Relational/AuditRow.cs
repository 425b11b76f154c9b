using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads an audit entry and its position from a row.</summary>
internal static class AuditRow
{
    public const string Select = "SELECT audit_id, at, actor, actor_key_id, action, target, detail FROM audit";

    public static (long Position, AuditEntry Entry) Read(IRow row) => (row.GetInt64(0), new AuditEntry(
        row.Instant(1), row.GetString(2), row.IdOrNull(3), row.GetString(4), row.TextOrNull(5), row.TextOrNull(6)));
}
