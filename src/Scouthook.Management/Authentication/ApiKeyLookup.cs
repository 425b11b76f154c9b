using Scouthook.Inbox.Storage;

namespace Scouthook.Management.Authentication;

/// <summary>Finds the caller of an API key by its hash.</summary>
/// <remarks>
/// The admin key works without the store: an operator who investigates why the store is unavailable needs a key.
/// </remarks>
internal sealed class ApiKeyLookup(AdminKey adminKey, IAccessStore keys, TimeProvider timeProvider)
{
    /// <summary>Longer than any key; longer texts are not hashed.</summary>
    public const int MaxKeyLength = 1_000;

    public async ValueTask<ApiKeyLookupResult> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        if (adminKey.MatchesHash(hash))
        {
            return new ApiKeyLookupResult(new Caller(AdminKey.Name, Inbox.Model.ApiRole.Admin, AdminKey.Id), "live");
        }

        if (await keys.FindKeyAsync(hash, cancellationToken) is not { } key)
        {
            return new ApiKeyLookupResult(null, "unknown");
        }

        return key.IsLive(timeProvider.GetUtcNow())
            ? new ApiKeyLookupResult(new Caller(key.Name, key.Role, key.Id), "live", key.ExpiresAt)
            : new ApiKeyLookupResult(null, key.RevokedAt is null ? "expired" : "revoked");
    }
}
