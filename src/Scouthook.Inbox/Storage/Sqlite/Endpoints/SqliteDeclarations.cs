using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Reads and writes what configuration and code declared.</summary>
internal static class SqliteDeclarations
{
    public static IReadOnlyList<Declaration> Read(SqliteSession session)
    {
        var found = new List<Declaration>();
        using var rows = session.Statement(
            "SELECT origin, fingerprint, first_seen_at, confirmed_at, confirmed_by FROM declaration").Read();
        while (rows.Read())
        {
            found.Add(new Declaration(
                (EndpointOrigin)rows.GetInt64(0),
                rows.GetString(1),
                StoredTime.To(rows.GetInt64(2)),
                StoredTime.To(rows.GetInt64(3)),
                new Guid(rows.GetBytes(4), bigEndian: true)));
        }

        return found;
    }

    public static void Write(SqliteSession session, IReadOnlyList<Declaration> declared)
    {
        foreach (var declaration in declared)
        {
            session.Statement(
                """
                INSERT INTO declaration (origin, fingerprint, first_seen_at, confirmed_at, confirmed_by) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (origin, fingerprint) DO UPDATE SET first_seen_at = ?3, confirmed_at = ?4, confirmed_by = ?5
                """).Execute(
                (long)declaration.Origin,
                declaration.Fingerprint,
                StoredTime.From(declaration.FirstSeenAt),
                StoredTime.From(declaration.ConfirmedAt),
                declaration.ConfirmedBy.ToByteArray(bigEndian: true));

            // Some earlier ones are kept to recognise a declaration that was in force before.
            session.Statement(
                """
                DELETE FROM declaration WHERE origin = ?1
                AND declaration_id NOT IN (SELECT declaration_id FROM endpoint WHERE declaration_id IS NOT NULL)
                AND declaration_id NOT IN (
                  SELECT declaration_id FROM declaration WHERE origin = ?1 ORDER BY first_seen_at DESC LIMIT 20)
                """).Execute((long)declaration.Origin);
        }
    }

    public static long? RowOf(SqliteSession session, WebhookEndpoint endpoint) => endpoint.Declaration is null
        ? null
        : (long?)session.Statement("SELECT declaration_id FROM declaration WHERE origin = ?1 AND fingerprint = ?2")
            .Scalar((long)endpoint.Origin, endpoint.Declaration);
}
