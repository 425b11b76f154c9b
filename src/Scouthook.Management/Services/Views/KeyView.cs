using System.Text.Json.Serialization;
using Scouthook.Inbox.Model;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Services.Views;

/// <summary>A key to the management API.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, which says whose key it is.</param>
/// <param name="Role"><c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
/// <param name="CreatedAt">When it was created; <see langword="null"/> for the configured admin key.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="Origin"><c>created</c> by a key, <c>configured</c>, or <c>generated</c> by the first start.</param>
internal sealed record KeyView(
    Guid Id, string Name, [property: KnownTexts(typeof(ApiRole))] string Role, DateTimeOffset? CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt, string Origin)
{
    /// <summary>The key itself; only in the response to its creation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static KeyView From(ApiKey key) =>
        new(key.Id, key.Name, RoleNames.From(key.Role), key.CreatedAt, key.ExpiresAt, key.RevokedAt, "created");

    public static KeyView From(AdminKey key) => new(
        AdminKey.Id, AdminKey.Name, RoleNames.From(ApiRole.Admin), key.StoredAt, null, key.RevokedAt, key.IsConfigured ? "configured" : "generated");
}
