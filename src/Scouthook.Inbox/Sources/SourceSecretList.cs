using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Signing;

namespace Scouthook.Inbox.Sources;

/// <summary>The stored secrets at one moment, decrypted. Never changed.</summary>
/// <param name="stored">What the store has.</param>
/// <param name="texts">The secrets that could be decrypted, by source and fingerprint.</param>
internal sealed class SourceSecretList(
    StoredSourceSecrets stored, IReadOnlyDictionary<(string Source, string Fingerprint), SigningSecret> texts) : ISourceSecretList
{
    private readonly StoredSourceSecrets _stored = stored;

    public IReadOnlyList<SourceSecret> Merge(string source, IReadOnlyList<SigningSecret> configured)
    {
        var keyed = configured.Select(secret => secret.With(_stored.FingerprintKey, secret.ExpiresAt)).ToList();
        var own = _stored.All.Where(secret => SourceSecretRules.IsOf(secret, source)).ToList();
        var merged = new List<SourceSecret>();
        foreach (var state in SourceSecretRules.List(source, States(keyed), own))
        {
            // One that cannot be decrypted is missing here, unless it is configured too; the key ring check reports it.
            var text = state.IsStored && own.Find(secret => secret.Fingerprint == state.Fingerprint) is { } row
                ? texts.GetValueOrDefault((row.Source, row.Fingerprint))
                : null;
            if ((text ?? keyed.Find(secret => secret.Fingerprint == state.Fingerprint)) is { } secret)
            {
                merged.Add(new SourceSecret(secret.With(_stored.FingerprintKey, state.ExpiresAt), state.IsStored));
            }
        }

        return merged;
    }

    public bool Has(string source) => SourceSecretRules.List(source, [], _stored.All).Count > 0;

    public bool IsSameAs(SourceSecretList other) =>
        _stored.FingerprintKey.AsSpan().SequenceEqual(other._stored.FingerprintKey)
        && _stored.All.Count == other._stored.All.Count
        && _stored.All.Zip(other._stored.All).All(pair => IsSame(pair.First, pair.Second))
        && texts.Count == other.Count;

    private int Count => texts.Count;

    /// <summary>Returns the configured secrets of a source as the rules see them.</summary>
    /// <param name="keyed">The secrets, with fingerprints of this store.</param>
    public static IReadOnlyList<SourceSecretState> States(IEnumerable<SigningSecret> keyed) =>
        [.. keyed.Select(secret => new SourceSecretState(secret.Fingerprint, secret.ExpiresAt))];

    private static bool IsSame(StoredSourceSecret one, StoredSourceSecret other) =>
        one with { Secret = null } == other with { Secret = null } && one.Secret.AsSpan().SequenceEqual(other.Secret);
}
