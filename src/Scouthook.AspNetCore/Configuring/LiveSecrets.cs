using System.Collections.Frozen;
using Scouthook.Signing;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The secrets that requests are verified with, which must be read again for every request.</summary>
/// <remarks>
/// They are combined once for each change of the settings or of the stored secrets, and then only looked up: a request
/// compares two references.
/// </remarks>
internal sealed class LiveSecrets(LiveSettings settings, TimeProvider timeProvider, ISourceSecrets? stored = null) : IDisposable
{
    private readonly Lock _combining = new();
    private Snapshot? _snapshot;

    /// <summary>
    /// False until the stored secrets have been read. Before, a signature can be neither accepted nor rejected: its secret
    /// may be a stored one, or may have ended.
    /// </summary>
    public bool AreKnown => stored is null || stored.Current is not null;

    /// <summary>Returns the secrets of a source.</summary>
    /// <param name="source">The name of a source; one that is not configured has no secrets.</param>
    public SourceSecretSet Of(string source) => Current().Sets.GetValueOrDefault(source, SourceSecretSet.Empty);

    /// <summary>Registers a listener that is called after each change of any setting or stored secret.</summary>
    public IDisposable OnChange(Action listener)
    {
        var changes = settings.OnChange(listener);
        if (stored is null)
        {
            return changes;
        }

        stored.Changed += listener;
        return new Subscription(() =>
        {
            stored.Changed -= listener;
            changes.Dispose();
        });
    }

    public void Dispose() => _snapshot?.Dispose();

    private Snapshot Current()
    {
        var (configured, list) = (settings.Current, stored?.Current);
        if (Volatile.Read(ref _snapshot) is { } snapshot && snapshot.IsOf(configured, list))
        {
            return snapshot;
        }

        lock (_combining)
        {
            // Read again: another thread may have combined newer ones meanwhile.
            (configured, list) = (settings.Current, stored?.Current);
            if (_snapshot is { } current && current.IsOf(configured, list))
            {
                return current;
            }

            var next = new Snapshot(configured, list, Combine(configured, list));
            var before = Interlocked.Exchange(ref _snapshot, next);

            // Requests that still verify with the previous ones finish normally.
            before?.Dispose();
            return next;
        }
    }

    private FrozenDictionary<string, SourceSecretSet> Combine(ReceiverSettings configured, ISourceSecretList? list) =>
        configured.Sources.Values.ToFrozenDictionary(
            source => source.Name,
            source =>
            {
                var all = list?.Merge(source.Name, source.Secrets) ?? [.. source.Secrets.Select(secret => new SourceSecret(secret, false))];
                return new SourceSecretSet(
                    all, all.Count == 0 ? null : new SigningSecrets(all.Select(entry => entry.Secret), timeProvider));
            },
            StringComparer.OrdinalIgnoreCase);

    private sealed class Snapshot(
        ReceiverSettings configured, ISourceSecretList? stored, FrozenDictionary<string, SourceSecretSet> sets) : IDisposable
    {
        public FrozenDictionary<string, SourceSecretSet> Sets => sets;

        public bool IsOf(ReceiverSettings otherSettings, ISourceSecretList? otherStored) =>
            ReferenceEquals(configured, otherSettings) && ReferenceEquals(stored, otherStored);

        public void Dispose()
        {
            foreach (var set in sets.Values)
            {
                set.Verifying?.Dispose();
            }
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
