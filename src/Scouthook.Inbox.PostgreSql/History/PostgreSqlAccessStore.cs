using Dapper;
using Npgsql;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Stores keys and the audit log in a PostgreSQL database.</summary>
/// <remarks>
/// Keys are few and read with every request, so they are cached in memory: a wrong one then costs a hash and not a
/// look-up. The cache is read again after every change, and at least every second.
/// </remarks>
internal sealed class PostgreSqlAccessStore(PostgreSqlWriter writer, PostgreSqlReader reader, TimeProvider? timeProvider = null) : IAccessStore
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private Task<Dictionary<string, ApiKey>>? _keys;
    private long _readAt;

    private const string Select =
        """
        SELECT id AS Id, name AS Name, role AS Role, created_at AS CreatedAt, expires_at AS ExpiresAt,
          revoked_at AS RevokedAt, hash AS Hash
        FROM api_key
        """;

    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<ApiKey>>(
            connection => [.. connection.Query<KeyRow>($"{Select} ORDER BY key_id").Select(row => row.ToKey())],
            cancellationToken);

    public async Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken)
    {
        Task<Dictionary<string, ApiKey>> keys;
        lock (_lock)
        {
            if (_keys is null || _keys.IsFaulted || _keys.IsCanceled || _timeProvider.GetElapsedTime(_readAt) >= MaxAge)
            {
                _readAt = _timeProvider.GetTimestamp();
                _keys = reader.ReadAsync(ReadKeys, CancellationToken.None);
            }

            keys = _keys;
        }

        return (await keys.WaitAsync(cancellationToken)).GetValueOrDefault(Convert.ToHexString(hash));
    }

    public Task AddKeyAsync(ApiKey key, byte[] hash, AuditEntry? audit = null) => ChangeKeysAsync(session =>
    {
        session.Statement(
            "INSERT INTO api_key (id, name, role, hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)").Execute(
            key.Id,
            key.Name,
            (long)key.Role,
            hash,
            PostgreSqlTime.From(key.CreatedAt),
            key.ExpiresAt is { } end ? PostgreSqlTime.From(end) : null);
        PostgreSqlAudit.Add(session, audit);
        return true;
    });

    public Task<KeyOutcome> RevokeKeyAsync(Guid id, AuditEntry? audit = null) => ChangeKeysAsync(session =>
    {
        var key = id;
        if (session.Statement("UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
            .Execute(key, PostgreSqlTime.From(session.Time.Now)) > 0)
        {
            PostgreSqlAudit.Add(session, audit);
            return KeyOutcome.Done;
        }

        return session.Statement("SELECT 1 FROM api_key WHERE id = $1").Scalar(key) is null
            ? KeyOutcome.NotFound
            : KeyOutcome.AlreadyRevoked;
    });

    public Task RecordAsync(AuditEntry entry) => writer.RunAsync(session =>
    {
        PostgreSqlAudit.Add(session, entry);
        return true;
    });

    public Task<Page<AuditEntry>> ListAuditAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var before = PositionCursor.Read(cursor) ?? long.MaxValue;
        return reader.LookUpAsync(
            connection => PositionCursor.Page(
                [
                    .. connection.Query<AuditRow>(
                        """
                        SELECT audit_id AS RowId, at AS At, actor AS Actor, actor_key_id AS ActorKeyId, action AS Action,
                          target AS Target, detail AS Detail
                        FROM audit WHERE audit_id < @before ORDER BY audit_id DESC LIMIT @limit + 1
                        """,
                        new { before, limit })
                        .Select(row => (row.RowId, row.ToEntry())),
                ],
                limit),
            cancellationToken);
    }

    private async Task<T> ChangeKeysAsync<T>(Func<PostgreSqlSession, T> change)
    {
        try
        {
            return await writer.RunAsync(change);
        }
        finally
        {
            lock (_lock)
            {
                _keys = null;
            }
        }
    }

    private static Dictionary<string, ApiKey> ReadKeys(NpgsqlConnection connection) =>
        connection.Query<KeyRow>($"{Select}").ToDictionary(row => Convert.ToHexString(row.Hash), row => row.ToKey());

    private sealed class AuditRow
    {
        public long RowId { get; init; }

        public long At { get; init; }

        public string Actor { get; init; } = "";

        public Guid? ActorKeyId { get; init; }

        public string Action { get; init; } = "";

        public string? Target { get; init; }

        public string? Detail { get; init; }

        public AuditEntry ToEntry() => new(
            PostgreSqlTime.To(At), Actor, ActorKeyId, Action, Target, Detail);
    }

    private sealed class KeyRow
    {
        public byte[] Hash { get; init; } = [];

        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public long Role { get; init; }

        public long CreatedAt { get; init; }

        public long? ExpiresAt { get; init; }

        public long? RevokedAt { get; init; }

        public ApiKey ToKey() => new()
        {
            Id = Id,
            Name = Name,
            Role = (ApiRole)Role,
            CreatedAt = PostgreSqlTime.To(CreatedAt),
            ExpiresAt = PostgreSqlTime.To(ExpiresAt),
            RevokedAt = PostgreSqlTime.To(RevokedAt),
        };
    }
}
