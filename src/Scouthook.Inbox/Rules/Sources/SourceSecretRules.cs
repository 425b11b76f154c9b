using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Decides which secrets a source has, in which order, and until when.</summary>
/// <remarks>
/// Stored secrets come before configured ones, the newest first, because the newest is about to be entered in Help Scout. A
/// secret that is both is shown once, as stored. The end of a configured secret is the earlier of the configured and the
/// stored one, so that neither place can extend what the other has ended.
/// </remarks>
internal static class SourceSecretRules
{
    /// <summary>The maximum number of valid secrets of a source: each costs a hash for every request with a wrong signature.</summary>
    public const int MaxLive = 20;

    /// <summary>How long a stored secret is kept after its end, so that the end can still be moved.</summary>
    public static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(7);

    /// <summary>Lists the secrets of a source, the current one first, expired ones included.</summary>
    /// <param name="source">The name of the source.</param>
    /// <param name="configured">Its configured secrets, current first.</param>
    /// <param name="stored">The stored secrets of all sources, in the order in which they were added.</param>
    public static IReadOnlyList<SourceSecretState> List(
        string source, IEnumerable<SourceSecretState> configured, IReadOnlyList<StoredSourceSecret> stored)
    {
        var own = stored.Where(secret => IsOf(secret, source)).ToList();
        var added = own.Where(secret => secret.Secret is not null).Reverse()
            .Select(secret => new SourceSecretState(secret.Fingerprint, secret.ExpiresAt, IsStored: true))
            .ToList();
        var ends = own.Where(secret => secret.Secret is null).ToDictionary(secret => secret.Fingerprint, secret => secret.ExpiresAt);
        return
        [
            .. added,
            .. configured.GroupBy(secret => secret.Fingerprint)
                .Where(same => !added.Any(secret => secret.Fingerprint == same.Key))
                .Select(same => new SourceSecretState(
                    same.Key, Earlier(LatestConfigured(same), ends.GetValueOrDefault(same.Key)))),
        ];
    }

    public static bool IsOf(StoredSourceSecret secret, string source) =>
        secret.Source.Equals(source, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the later of the ends of a secret that is configured several times.</summary>
    public static DateTimeOffset? LatestConfigured(IEnumerable<SourceSecretState> same)
    {
        DateTimeOffset? latest = DateTimeOffset.MinValue;
        foreach (var secret in same)
        {
            latest = secret.ExpiresAt is { } end && latest is { } so ? (end > so ? end : so) : null;
        }

        return latest;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } first && other is { } second ? (first < second ? first : second) : one ?? other;
}
