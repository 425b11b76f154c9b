using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>The stored secrets within a transaction, and the changes that rules make to them. The store then writes the changes.</summary>
/// <param name="stored">All stored secrets, in the order in which they were added.</param>
/// <param name="now">The time of the store.</param>
internal sealed class SourceSecretChanges(IEnumerable<StoredSourceSecret> stored, DateTimeOffset now)
{
    private readonly List<StoredSourceSecret> _all = [.. stored];
    private readonly List<StoredSourceSecret> _removed = [];
    private readonly List<StoredSourceSecret> _added = [];
    private readonly List<StoredSourceSecret> _changed = [];
    private readonly List<AuditEntry> _audit = [];

    public DateTimeOffset Now => now;

    /// <summary>The secrets, with the changes made so far.</summary>
    public IReadOnlyList<StoredSourceSecret> All => _all;

    /// <summary>The rows to delete, before others are added.</summary>
    public IReadOnlyList<StoredSourceSecret> Removed => _removed;

    /// <summary>The rows to change in place.</summary>
    public IReadOnlyList<StoredSourceSecret> Changed => _changed;

    /// <summary>The rows to add, as the newest.</summary>
    public IReadOnlyList<StoredSourceSecret> Added => _added;

    /// <summary>Entries for the audit log.</summary>
    public IReadOnlyList<AuditEntry> Audit => _audit;

    public StoredSourceSecret? Find(string source, string fingerprint) =>
        _all.Find(secret => SourceSecretRules.IsOf(secret, source) && secret.Fingerprint == fingerprint);

    /// <summary>Adds a secret as the newest, in place of an ended one with the same fingerprint.</summary>
    public void Add(StoredSourceSecret secret)
    {
        if (Find(secret.Source, secret.Fingerprint) is { } before)
        {
            Remove(before);
        }

        _all.Add(secret);
        _added.Add(secret);
    }

    /// <summary>Replaces a secret in its place in the order.</summary>
    public void Replace(StoredSourceSecret before, StoredSourceSecret after)
    {
        _all[_all.IndexOf(before)] = after;
        _changed.Add(after);
    }

    public void Remove(StoredSourceSecret secret)
    {
        _all.Remove(secret);
        _removed.Add(secret);
    }

    public void Record(AuditEntry? entry)
    {
        if (entry is not null)
        {
            _audit.Add(entry);
        }
    }
}
