using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage;

/// <summary>Keys to the management API, and the record of what was done with them.</summary>
internal interface IAccessStore
{
    /// <summary>All keys, expired and revoked ones too, in the order of their creation.</summary>
    Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken);

    /// <summary>Finds a key by the SHA-256 of its text.</summary>
    Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken);

    Task AddKeyAsync(ApiKey key, byte[] hash);

    /// <returns><see langword="false"/>: there is no such key, or it was revoked before.</returns>
    Task<bool> RevokeKeyAsync(Guid id, DateTimeOffset now);

    /// <summary>Adds to the record; nothing there is ever changed.</summary>
    Task RecordAsync(AuditEntry entry);

    /// <summary>The record, newest first.</summary>
    /// <param name="before">Only entries before this one.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    Task<IReadOnlyList<AuditEntry>> ListAuditAsync(long? before, int limit, CancellationToken cancellationToken);
}
