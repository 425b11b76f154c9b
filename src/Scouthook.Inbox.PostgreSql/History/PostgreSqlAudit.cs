using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Records who changed what, in the transaction of the change.</summary>
internal static class PostgreSqlAudit
{
    public static void Add(PostgreSqlSession session, AuditEntry? entry)
    {
        if (entry is not null)
        {
            session.Statement(
                "INSERT INTO audit (at, actor, actor_key_id, action, target, detail) VALUES ($1, $2, $3, $4, $5, $6)").Execute(
                StoredTime.From(entry.At),
                entry.Actor,
                entry.ActorKeyId,
                entry.Action,
                entry.Target,
                entry.Detail);
        }
    }
}
