using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Keys to the management API, and the audit of what was done with them.</summary>
internal interface IAccessStore
{
    /// <summary>All keys, expired and revoked ones too, in the order of their creation.</summary>
    Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken);

    /// <summary>Finds a key by the SHA-256 of its text.</summary>
    Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Adds a key and records that, in one transaction.</summary>
    Task AddKeyAsync(ApiKey key, byte[] hash, AuditEntry? audit = null);

    /// <summary>Revokes a key and records that, in one transaction.</summary>
    Task<KeyOutcome> RevokeKeyAsync(Guid id, DateTimeOffset now, AuditEntry? audit = null);

    /// <summary>Adds an entry about something that changes nothing in the store; entries are never changed.</summary>
    Task RecordAsync(AuditEntry entry);

    /// <summary>The audit, newest first.</summary>
    /// <param name="before">Only entries before this one.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    Task<IReadOnlyList<AuditEntry>> ListAuditAsync(long? before, int limit, CancellationToken cancellationToken);
}
