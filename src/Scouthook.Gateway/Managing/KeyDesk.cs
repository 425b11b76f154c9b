using System.Globalization;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>Keys to the management API. A key is shown once, when it is made; the store has its hash.</summary>
internal sealed class KeyDesk(IAccessStore store, Audit audit, TimeProvider timeProvider)
{
    public const string Prefix = "shk_";

    private const int RandomBytes = 32;

    /// <summary>What a name of a key must be.</summary>
    public static string NameRule { get; } = $"must say whose key it is, in 1 to {ApiKey.MaxNameLength} characters.";

    public static bool IsName([NotNullWhen(true)] string? name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= ApiKey.MaxNameLength && !name.Any(char.IsControl);

    /// <summary>A new key: 256 random bits, so a plain SHA-256 is as hard to invert as the key is to guess.</summary>
    public static string Generate() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public Task<IReadOnlyList<ApiKey>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        return store.ListKeysAsync(cancellationToken);
    }

    /// <summary>Whether the key of a caller is still good, and with the same role; for what goes on for long.</summary>
    public async Task<bool> IsLiveAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.KeyId is not { } id || id == AdminKey.Id
        || (await store.ListKeysAsync(cancellationToken)).Any(key => key.Id == id && key.IsLive(timeProvider.GetUtcNow()));

    public async Task<(ApiKey Key, string Text)> CreateAsync(
        Caller caller, string name, ApiRole role, DateTimeOffset? expiresAt)
    {
        caller.MustBe(ApiRole.Admin);
        var now = timeProvider.GetUtcNow();
        var text = Generate();
        var key = new ApiKey { Id = Guid.CreateVersion7(now), Name = name, Role = role, CreatedAt = now, ExpiresAt = expiresAt };
        var detail = new JsonObject
        {
            ["name"] = name,
            ["role"] = RoleNames.From(role),
            ["expiresAt"] = expiresAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
        await store.AddKeyAsync(key, Hash(text), audit.Entry(caller, "key.create", $"key:{key.Id}", detail));
        return (key, text);
    }

    public Task<KeyOutcome> RevokeAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Admin);
        return store.RevokeKeyAsync(id, timeProvider.GetUtcNow(), audit.Entry(caller, "key.revoke", $"key:{id}"));
    }
}
