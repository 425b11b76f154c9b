using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Stores keys to the management API, and the audit log of their use.</summary>
internal interface IAccessStore
{
    /// <summary>Lists all keys, including expired and revoked ones, in order of creation.</summary>
    Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken);

    /// <summary>Finds a key by the SHA-256 of its text.</summary>
    Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Adds a key and records this, in one transaction.</summary>
    Task AddKeyAsync(ApiKey key, byte[] hash, AuditEntry? audit = null);

    /// <summary>Revokes a key and records this, in one transaction.</summary>
    Task<KeyOutcome> RevokeKeyAsync(Guid id, AuditEntry? audit = null);

    /// <summary>Adds an entry about an action that changes nothing in the store; entries are never changed.</summary>
    Task RecordAsync(AuditEntry entry);

    /// <summary>Lists the audit log, newest first.</summary>
    /// <param name="cursor">The <see cref="Page{T}.Next"/> of the previous page; <see langword="null"/> for the first.</param>
    /// <param name="limit">The maximum number to return.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list.</exception>
    Task<Page<AuditEntry>> ListAuditAsync(string? cursor, int limit, CancellationToken cancellationToken);
}
