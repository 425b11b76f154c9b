using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>The changes to the secrets of a source, as functions that a store runs inside a transaction.</summary>
/// <remarks>
/// A change that would leave a source without a valid secret is rejected: genuine events would be refused, and Help Scout
/// would deactivate the webhook. To stop receiving from a source, remove it from the configuration.
/// </remarks>
internal static class SourceSecretEdits
{
    /// <summary>Adds a secret, which becomes the current one.</summary>
    /// <param name="changes">The transaction.</param>
    /// <param name="configured">The configured secrets of the source.</param>
    /// <param name="added">The secret.</param>
    /// <param name="audit">The entry for the audit log.</param>
    public static SourceSecretResult Add(
        SourceSecretChanges changes, IReadOnlyList<SourceSecretState> configured, StoredSourceSecret added, AuditEntry? audit = null)
    {
        var live = SourceSecretRules.List(added.Source, configured, changes.All).Where(secret => secret.IsLive(changes.Now)).ToList();
        if (live.Find(secret => secret.Fingerprint == added.Fingerprint) is { } same)
        {
            return new SourceSecretResult(SourceSecretOutcome.AlreadyLive, same);
        }

        if (live.Count >= SourceSecretRules.MaxLive)
        {
            return new SourceSecretResult(SourceSecretOutcome.TooMany);
        }

        ForgetEnded(changes);
        changes.Add(added with { AddedAt = changes.Now });
        changes.Record(audit);
        return new SourceSecretResult(
            SourceSecretOutcome.Done, new SourceSecretState(added.Fingerprint, added.ExpiresAt, IsStored: true));
    }

    /// <summary>Sets when a secret ends.</summary>
    /// <param name="changes">The transaction.</param>
    /// <param name="source">The name of the source.</param>
    /// <param name="configured">The configured secrets of the source.</param>
    /// <param name="fingerprint">The fingerprint of the secret.</param>
    /// <param name="expiresAt">The end, in the past to end it now; <see langword="null"/> for none.</param>
    /// <param name="audit">The entry for the audit log.</param>
    public static SourceSecretResult End(
        SourceSecretChanges changes,
        string source,
        IReadOnlyList<SourceSecretState> configured,
        string fingerprint,
        DateTimeOffset? expiresAt,
        AuditEntry? audit = null)
    {
        if (Refusal(changes, source, configured, fingerprint, expiresAt) is { } refusal)
        {
            return refusal;
        }

        var end = expiresAt < changes.Now ? changes.Now : expiresAt;
        var known = changes.Find(source, fingerprint);
        switch (known)
        {
            case { Secret: null } when end is null:
                changes.Remove(known);
                break;
            case { }:
                changes.Replace(known, known with { ExpiresAt = end });
                break;
            case null when end is not null:
                changes.Add(new StoredSourceSecret(source, fingerprint, null, changes.Now, end));
                break;
        }

        ForgetEnded(changes);
        changes.Record(audit);
        return new SourceSecretResult(SourceSecretOutcome.Done, FindIn(changes, source, configured, fingerprint));
    }

    /// <summary>Ends a secret now, and forgets its text. Its end is kept, in case the secret is configured too.</summary>
    /// <inheritdoc cref="End"/>
    public static SourceSecretResult Remove(
        SourceSecretChanges changes,
        string source,
        IReadOnlyList<SourceSecretState> configured,
        string fingerprint,
        AuditEntry? audit = null)
    {
        if (FindIn(changes, source, configured, fingerprint) is { IsStored: false } secret && !secret.IsLive(changes.Now))
        {
            return new SourceSecretResult(SourceSecretOutcome.Done, secret);
        }

        var result = End(changes, source, configured, fingerprint, changes.Now, audit);
        if (result.Outcome is SourceSecretOutcome.Done && changes.Find(source, fingerprint) is { Secret: not null } stored)
        {
            changes.Replace(stored, stored with { Secret = null });
        }

        return result;
    }

    private static SourceSecretResult? Refusal(
        SourceSecretChanges changes,
        string source,
        IReadOnlyList<SourceSecretState> configured,
        string fingerprint,
        DateTimeOffset? expiresAt)
    {
        var all = SourceSecretRules.List(source, configured, changes.All);
        if (all.FirstOrDefault(secret => secret.Fingerprint == fingerprint) is not { } found)
        {
            return new SourceSecretResult(SourceSecretOutcome.NotFound);
        }

        var same = configured.Where(secret => secret.Fingerprint == fingerprint).ToList();
        if (!found.IsStored && SourceSecretRules.LatestConfigured(same) is { } last && (expiresAt is null || expiresAt > last))
        {
            return new SourceSecretResult(SourceSecretOutcome.EndConfigured, found with { ExpiresAt = last });
        }

        // One that ends no earlier than before takes nothing away.
        if (expiresAt is not { } end || found.ExpiresAt <= end)
        {
            return null;
        }

        var at = end < changes.Now ? changes.Now : end;
        return all.Any(secret => secret.Fingerprint != fingerprint && secret.IsLive(at))
            ? null
            : new SourceSecretResult(SourceSecretOutcome.LastLive, found);
    }

    private static SourceSecretState? FindIn(
        SourceSecretChanges changes, string source, IReadOnlyList<SourceSecretState> configured, string fingerprint) =>
        SourceSecretRules.List(source, configured, changes.All).FirstOrDefault(secret => secret.Fingerprint == fingerprint);

    /// <summary>Forgets the texts of secrets that ended long ago.</summary>
    private static void ForgetEnded(SourceSecretChanges changes)
    {
        foreach (var secret in changes.All.ToList())
        {
            if (secret.Secret is not null && secret.ExpiresAt + SourceSecretRules.KeptAfterEnd < changes.Now)
            {
                changes.Replace(secret, secret with { Secret = null });
            }
        }
    }
}
