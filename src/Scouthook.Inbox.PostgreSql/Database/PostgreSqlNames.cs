using System.Collections.Concurrent;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Finds the ids of recurring names, and adds new ones under the append lock.</summary>
/// <param name="session">The transaction.</param>
/// <param name="known">The committed ids: names are never removed.</param>
internal sealed class PostgreSqlNames(PostgreSqlSession session, PostgreSqlNames.Cache known)
{
    private readonly Dictionary<string, long> _newSources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _newEventTypes = new(StringComparer.Ordinal);

    /// <summary>Returns whether the id of a source is known without asking the database.</summary>
    public bool KnowsSource(string name) => known.Sources.ContainsKey(name) || _newSources.ContainsKey(name);

    public long SourceId(string name) => IdOf(
        name,
        known.Sources,
        _newSources,
        "SELECT source_id FROM source WHERE name = $1",
        "INSERT INTO source (name) VALUES ($1) RETURNING source_id");

    public long EventTypeId(string name) => IdOf(
        name,
        known.EventTypes,
        _newEventTypes,
        "SELECT event_type_id FROM event_type WHERE md5(name) = md5($1) AND name = $1",
        "INSERT INTO event_type (name) VALUES ($1) RETURNING event_type_id");

    /// <summary>Makes the ids known to other transactions, after the commit.</summary>
    public void Publish()
    {
        Cache.AddAll(known.Sources, _newSources);
        Cache.AddAll(known.EventTypes, _newEventTypes);
    }

    private long IdOf(
        string name, ConcurrentDictionary<string, long> committed, Dictionary<string, long> added, string find, string add)
    {
        if (committed.TryGetValue(name, out var id) || added.TryGetValue(name, out id))
        {
            return id;
        }

        id = session.Statement(find).Scalar(name) as long? ?? (long)session.Statement(add).Scalar(name)!;
        added.Add(name, id);
        return id;
    }

    internal sealed class Cache
    {
        private const int MaxKnown = 10_000;

        public ConcurrentDictionary<string, long> Sources { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, long> EventTypes { get; } = new(StringComparer.Ordinal);

        public void Clear()
        {
            Sources.Clear();
            EventTypes.Clear();
        }

        public static void AddAll(ConcurrentDictionary<string, long> known, Dictionary<string, long> added)
        {
            // Names come from outside and are unbounded.
            if (known.Count + added.Count > MaxKnown)
            {
                known.Clear();
            }

            foreach (var (name, id) in added)
            {
                known[name] = id;
            }
        }
    }
}
