using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Sources;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Views.Sources;
using Scouthook.Signing;

namespace Scouthook.Management.Services;

/// <summary>Adds and ends secrets of sources at run time. The next request is verified with the secrets after the change.</summary>
internal sealed class SourceSecretService(
    ISourceSecretStore store,
    SourceSecretLoader loader,
    SecretProtector protector,
    LiveSettings settings,
    AuditRecorder audit,
    TimeProvider timeProvider)
{
    /// <summary>As many bytes as make the 40 characters that Help Scout allows.</summary>
    private const int GeneratedBytes = 20;

    private const int MaxLength = 256;

    /// <summary>Adds a secret, which becomes the current one of the source.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="source">The name of a configured source.</param>
    /// <param name="text">The secret as entered in Help Scout; <see langword="null"/> to generate one.</param>
    /// <param name="expiresAt">When it ends; <see langword="null"/> for never.</param>
    public async Task<SourceSecretChange> AddAsync(Caller caller, string source, string? text, DateTimeOffset? expiresAt)
    {
        caller.MustBe(ApiRole.Admin);
        if (Find(source) is not { } found)
        {
            return new SourceSecretChange(SourceSecretOutcome.NotFound);
        }

        if (expiresAt <= timeProvider.GetUtcNow())
        {
            return Invalid("expiresAt", "must be in the future.");
        }

        if (text is { Length: > MaxLength })
        {
            return Invalid("secret", string.Create(
                CultureInfo.InvariantCulture, $"is too long: Help Scout allows 40 characters, this API {MaxLength}."));
        }

        text ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(GeneratedBytes));
        if (TryCreate(text) is not { } created)
        {
            return Invalid("secret", "must be text that is not empty, exactly as in Help Scout.");
        }

        var (configured, key) = await ReadAsync(found);
        var fingerprint = created.With(key, null).Fingerprint;
        var added = new StoredSourceSecret(
            found.Name, fingerprint, protector.ProtectSourceSecret(text), timeProvider.GetUtcNow(), expiresAt);
        var entry = Entry(caller, "source.secret.add", found.Name, fingerprint, expiresAt);
        var result = await ChangeAsync(changes => SourceSecretEdits.Add(changes, configured, added, entry));
        return result.Outcome is SourceSecretOutcome.Done ? result with { Secret = result.Secret! with { Secret = text } } : result;
    }

    /// <summary>Sets when a secret ends.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="source">The name of a configured source.</param>
    /// <param name="fingerprint">The fingerprint of the secret.</param>
    /// <param name="expiresAt">The end, in the past to end it now; <see langword="null"/> for none.</param>
    public async Task<SourceSecretChange> EndAsync(Caller caller, string source, string fingerprint, DateTimeOffset? expiresAt)
    {
        caller.MustBe(ApiRole.Admin);
        if (Find(source) is not { } found)
        {
            return new SourceSecretChange(SourceSecretOutcome.NotFound);
        }

        var (configured, _) = await ReadAsync(found);
        var entry = Entry(caller, "source.secret.end", found.Name, fingerprint, expiresAt);
        return await ChangeAsync(changes => SourceSecretEdits.End(changes, found.Name, configured, fingerprint, expiresAt, entry));
    }

    /// <summary>Ends a secret now.</summary>
    /// <inheritdoc cref="EndAsync"/>
    public async Task<SourceSecretChange> RemoveAsync(Caller caller, string source, string fingerprint)
    {
        caller.MustBe(ApiRole.Admin);
        if (Find(source) is not { } found)
        {
            return new SourceSecretChange(SourceSecretOutcome.NotFound);
        }

        var (configured, _) = await ReadAsync(found);
        var entry = Entry(caller, "source.secret.end", found.Name, fingerprint, timeProvider.GetUtcNow());
        return await ChangeAsync(changes => SourceSecretEdits.Remove(changes, found.Name, configured, fingerprint, entry));
    }

    /// <summary>Returns the fingerprint of a secret in this store, to be compared with those of the sources.</summary>
    /// <returns><see langword="null"/> if it cannot be a secret.</returns>
    public async Task<string?> FingerprintAsync(Caller caller, string text)
    {
        caller.MustBe(ApiRole.Admin);
        return text.Length <= MaxLength && TryCreate(text) is { } secret
            ? secret.With((await store.ReadAsync(CancellationToken.None)).FingerprintKey, null).Fingerprint
            : null;
    }

    private SourceSettings? Find(string source) => settings.Current.Sources.GetValueOrDefault(source);

    /// <summary>Returns the configured secrets of a source, with fingerprints of the store, and the key of those.</summary>
    private async Task<(IReadOnlyList<SourceSecretState> Configured, byte[] Key)> ReadAsync(SourceSettings source)
    {
        var key = (await store.ReadAsync(CancellationToken.None)).FingerprintKey;
        return (SourceSecretList.States(source.Secrets.Select(secret => secret.With(key, secret.ExpiresAt))), key);
    }

    private async Task<SourceSecretChange> ChangeAsync(Func<SourceSecretChanges, SourceSecretResult> change)
    {
        var result = await store.ChangeAsync(change);
        if (result.Outcome is SourceSecretOutcome.Done)
        {
            // Before the response, so that it is true when it arrives.
            await loader.ReloadAsync(CancellationToken.None);
        }

        return new SourceSecretChange(
            result.Outcome,
            result.Secret is { } secret ? SecretView.From(secret.Fingerprint, secret.IsStored, secret.ExpiresAt) : null);
    }

    private AuditEntry Entry(Caller caller, string action, string source, string fingerprint, DateTimeOffset? expiresAt) => audit.Entry(
        caller,
        action,
        $"source:{source}",
        new JsonObject
        {
            ["fingerprint"] = fingerprint,
            ["expiresAt"] = expiresAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        });

    private static SourceSecretChange Invalid(string member, string detail) =>
        new(SourceSecretOutcome.NotFound, Invalid: new InvalidMember(member, detail));

    private static SigningSecret? TryCreate(string text)
    {
        try
        {
            return new SigningSecret(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
