using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>Creates, lists and revokes API keys. A key is shown once, when it is created; the store has its hash.</summary>
internal sealed class KeyService(IAccessStore store, AuditRecorder audit, AdminKey adminKey, TimeProvider timeProvider)
{
    /// <summary>The requirement for the name of a key.</summary>
    public static string NameRule { get; } = $"must name the key in 1 to {ApiKey.MaxNameLength} characters.";

    public static bool IsName([NotNullWhen(true)] string? name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= ApiKey.MaxNameLength && !name.Any(char.IsControl);

    public async Task<IReadOnlyList<KeyView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        var created = (await store.ListKeysAsync(cancellationToken)).Select(KeyView.From);
        return adminKey.Exists || adminKey.RevokedAt is not null ? [KeyView.From(adminKey), .. created] : [.. created];
    }

    /// <summary>Returns whether the key of a caller is still valid; checked repeatedly during long requests.</summary>
    public async Task<bool> IsLiveAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.KeyId is not { } id || (id == AdminKey.Id && adminKey.Exists)
        || (await store.ListKeysAsync(cancellationToken)).Any(key => key.Id == id && key.IsLive(timeProvider.GetUtcNow()));

    /// <summary>Creates a key.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="name">The name, which says whose key it is.</param>
    /// <param name="roleName"><c>viewer</c>, <c>operator</c> or <c>admin</c>.</param>
    /// <param name="expiresAt">When it expires; <see langword="null"/> for never.</param>
    public async Task<KeyCreation> CreateAsync(Caller caller, string? name, string? roleName, DateTimeOffset? expiresAt)
    {
        caller.MustBe(ApiRole.Admin);
        var now = timeProvider.GetUtcNow();
        if (!IsName(name))
        {
            return new KeyCreation(null, new InvalidMember("name", NameRule));
        }

        if (!RoleNames.TryRead(roleName ?? "", out var role))
        {
            return new KeyCreation(null, new InvalidMember("role", "must be viewer, operator or admin."));
        }

        if (expiresAt <= now)
        {
            return new KeyCreation(null, new InvalidMember("expiresAt", "must be in the future."));
        }

        var text = ApiKeyText.Generate();
        var key = new ApiKey { Id = TimeOrderedId.At(now), Name = name, Role = role, CreatedAt = now, ExpiresAt = expiresAt };
        var detail = new JsonObject
        {
            ["name"] = name,
            ["role"] = RoleNames.From(role),
            ["expiresAt"] = expiresAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
        await store.AddKeyAsync(key, ApiKeyText.Hash(text), audit.Entry(caller, "key.create", $"key:{key.Id}", detail));
        return new KeyCreation(KeyView.From(key) with { Key = text });
    }

    public async Task<KeyOutcome> RevokeAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Admin);
        if (id != AdminKey.Id)
        {
            return await store.RevokeKeyAsync(id, audit.Entry(caller, "key.revoke", $"key:{id}"));
        }

        if (adminKey is { Exists: true, IsConfigured: false })
        {
            var now = timeProvider.GetUtcNow();
            if (!(await store.ListKeysAsync(CancellationToken.None)).Any(key => key.Role == ApiRole.Admin && key.IsLive(now)))
            {
                return KeyOutcome.LastAdmin;
            }

            await audit.RecordAsync(caller, "key.revoke", $"key:{id}");
        }

        return adminKey.Revoke(timeProvider.GetUtcNow());
    }
}
