using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores the secrets of sources in one SQLite file.</summary>
internal sealed class SqliteSourceSecretStore(SqliteWriter writer, SqliteReader reader) : ISourceSecretStore
{
    private const string Select =
        "SELECT source, fingerprint, secret, added_at, expires_at FROM source_secret ORDER BY source_secret_id";

    public Task<StoredSourceSecrets> ReadAsync(CancellationToken cancellationToken) => reader.ReadAsync(Read, cancellationToken);

    public Task<T> ChangeAsync<T>(Func<SourceSecretChanges, T> change) => writer.RunAsync(session =>
    {
        SourceSecretChanges changes;
        using (var rows = session.Statement(Select).Read())
        {
            changes = new SourceSecretChanges(ReadAll(rows), session.Time.Now);
        }

        var result = change(changes);
        Write(session, changes);
        return result;
    });

    private static void Write(SqliteSession session, SourceSecretChanges changes)
    {
        foreach (var removed in changes.Removed)
        {
            session.Statement("DELETE FROM source_secret WHERE source = ?1 AND fingerprint = ?2")
                .Execute(removed.Source, removed.Fingerprint);
        }

        foreach (var changed in changes.Changed)
        {
            session.Statement("UPDATE source_secret SET secret = ?3, expires_at = ?4 WHERE source = ?1 AND fingerprint = ?2")
                .Execute(changed.Source, changed.Fingerprint, changed.Secret, StoredTime.From(changed.ExpiresAt));
        }

        foreach (var added in changes.Added)
        {
            session.Statement(
                "INSERT INTO source_secret (source, fingerprint, secret, added_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)").Execute(
                added.Source, added.Fingerprint, added.Secret, StoredTime.From(added.AddedAt), StoredTime.From(added.ExpiresAt));
        }

        foreach (var entry in changes.Audit)
        {
            SqliteAudit.Add(session, entry);
        }

        if (changes.Removed.Count + changes.Changed.Count + changes.Added.Count > 0)
        {
            session.SignalSourceSecrets();
        }
    }

    private static StoredSourceSecrets Read(SqliteConnection connection)
    {
        // In one statement, and so of one moment.
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT s.source, s.fingerprint, s.secret, s.added_at, s.expires_at, k.fingerprint_key
            FROM store k LEFT JOIN source_secret s ORDER BY s.source_secret_id
            """;
        using var rows = command.ExecuteReader();
        byte[] key = [];
        var all = new List<StoredSourceSecret>();
        while (rows.Read())
        {
            key = (byte[])rows.GetValue(5);
            if (!rows.IsDBNull(0))
            {
                all.Add(Secret(
                    rows.GetString(0), rows.GetString(1), rows.GetValue(2), rows.GetInt64(3), rows.GetValue(4)));
            }
        }

        return new StoredSourceSecrets(key, all);
    }

    private static List<StoredSourceSecret> ReadAll(SqliteRows rows)
    {
        var all = new List<StoredSourceSecret>();
        while (rows.Read())
        {
            all.Add(Secret(rows.GetString(0), rows.GetString(1), rows.GetValue(2), rows.GetInt64(3), rows.GetValue(4)));
        }

        return all;
    }

    private static StoredSourceSecret Secret(string source, string fingerprint, object secret, long addedAt, object expiresAt) => new(
        source,
        fingerprint,
        secret as byte[],
        StoredTime.To(addedAt),
        expiresAt is long end ? StoredTime.To(end) : null);
}
