using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores keys and the audit log in one SQLite file.</summary>
internal sealed class SqliteAccessStore(SqliteWriter writer, SqliteReader reader, TimeProvider? timeProvider = null) : IAccessStore
{
    private readonly KeyCache _keys = new(
        () => reader.ReadAsync(
            connection => connection.ReadRows(ApiKeyRow.Select, null, ApiKeyRow.Read).ToDictionary(row => row.Hash, row => row.Key),
            CancellationToken.None),
        timeProvider ?? TimeProvider.System);

    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ApiKey>>(
            connection => connection.ReadRows(ApiKeyRow.Select + " ORDER BY key_id", null, row => ApiKeyRow.Read(row).Key),
            cancellationToken);

    public Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken) => _keys.FindAsync(hash, cancellationToken);

    public Task AddKeyAsync(ApiKey key, byte[] hash, AuditEntry? audit = null) => _keys.ChangeAsync(() => writer.RunAsync(session =>
    {
        session.Statement(
            "INSERT INTO api_key (id, name, role, hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)").Execute(
            key.Id.ToByteArray(bigEndian: true),
            key.Name,
            (long)key.Role,
            hash,
            StoredTime.From(key.CreatedAt),
            key.ExpiresAt is { } end ? StoredTime.From(end) : null);
        SqliteAudit.Add(session, audit);
        return true;
    }));

    public Task<KeyOutcome> RevokeKeyAsync(Guid id, AuditEntry? audit = null) => _keys.ChangeAsync(() => writer.RunAsync(session =>
    {
        var key = id.ToByteArray(bigEndian: true);
        if (session.Statement("UPDATE api_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL")
            .Execute(key, StoredTime.From(session.Time.Now)) > 0)
        {
            SqliteAudit.Add(session, audit);
            return KeyOutcome.Done;
        }

        return session.Statement("SELECT 1 FROM api_key WHERE id = ?1").Scalar(key) is null
            ? KeyOutcome.NotFound
            : KeyOutcome.AlreadyRevoked;
    }));

    public Task RecordAsync(AuditEntry entry) => writer.RunAsync(session =>
    {
        SqliteAudit.Add(session, entry);
        return true;
    });

    public Task<Page<AuditEntry>> ListAuditAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var before = PositionCursor.Read(cursor) ?? long.MaxValue;
        return reader.LookUpAsync(
            connection => PositionCursor.Page(
                connection.ReadRows(
                    AuditRow.Select + " WHERE audit_id < @before ORDER BY audit_id DESC LIMIT @limit + 1", new { before, limit }, AuditRow.Read),
                limit),
            cancellationToken);
    }
}
