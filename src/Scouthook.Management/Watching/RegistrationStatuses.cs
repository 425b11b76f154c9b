using System.Collections.Concurrent;

namespace Scouthook.Management.Watching;

/// <summary>The result of the last check of each watched source.</summary>
internal sealed class RegistrationStatuses
{
    private readonly ConcurrentDictionary<string, RegistrationStatus> _statuses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All sources that were checked, in the order of their names.</summary>
    public IReadOnlyList<KeyValuePair<string, RegistrationStatus>> All =>
        [.. _statuses.OrderBy(status => status.Key, StringComparer.Ordinal)];

    public RegistrationStatus? Of(string source) => _statuses.GetValueOrDefault(source);

    public void Set(string source, RegistrationStatus status) => _statuses[source] = status;

    /// <summary>Forgets the sources that are no longer watched.</summary>
    public void Keep(IReadOnlyCollection<string> sources)
    {
        foreach (var source in _statuses.Keys.Except(sources, StringComparer.OrdinalIgnoreCase))
        {
            _statuses.TryRemove(source, out _);
        }
    }
}
