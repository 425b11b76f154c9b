using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads an API key and the hash it is found by from a row.</summary>
internal static class ApiKeyRow
{
    public const string Select = "SELECT hash, id, name, role, created_at, expires_at, revoked_at FROM api_key";

    public static (string Hash, ApiKey Key) Read(IRow row) => (Convert.ToHexString(row.GetBytes(0)), new ApiKey
    {
        Id = row.GetGuid(1),
        Name = row.GetString(2),
        Role = (ApiRole)row.GetInt64(3),
        CreatedAt = row.Instant(4),
        ExpiresAt = row.InstantOrNull(5),
        RevokedAt = row.InstantOrNull(6),
    });
}
