using System.Text.Json.Serialization;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A key on the wire. The key itself only in the answer to its creation.</summary>
internal sealed record KeyJson(
    Guid Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public static KeyJson From(ApiKey key) =>
        new(key.Id, key.Name, RoleNames.From(key.Role), key.CreatedAt, key.ExpiresAt, key.RevokedAt);
}
