using System.Globalization;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The resources of a batch: as stored, then as the events before in the batch leave them.</summary>
internal sealed class PostgreSqlResources
{
    private readonly Dictionary<(long Source, short Kind, string Id), PostgreSqlResource> _known = [];
    private readonly HashSet<(long Source, short Kind, string Id)> _changed = [];
    private readonly SortedSet<(string Term, short Kind, string Id)> _terms = new(Comparer<(string Term, short Kind, string Id)>.Create(Compare));

    /// <summary>Reads and locks the rows, so that retention cannot remove one that is about to be written.</summary>
    /// <param name="reads">Gets the statement that does so.</param>
    /// <param name="batch">The events.</param>
    /// <param name="sources">The ids of their sources.</param>
    public PostgreSqlResources(PostgreSqlBatch reads, IReadOnlyList<NewEvent> batch, IReadOnlyList<long> sources)
    {
        var keys = batch.Zip(sources)
            .Where(pair => pair.First.Facts.Resource is not null)
            .Select(pair => Key(pair.Second, pair.First.Facts.Resource!.Value))
            .Distinct()
            .ToList();
        if (keys.Count == 0)
        {
            return;
        }

        reads.Add(
            Read,
            """
            SELECT r.source_id, r.resource_kind, r.resource_id, r.last_sequence, r.newest_changed_at, r.deleted_sequence,
              r.title, r.customer_email, r.number
            FROM unnest($1::int[], $2::smallint[], $3::text[]) AS k (source, kind, id)
              JOIN resource r ON r.source_id = k.source AND r.resource_kind = k.kind AND r.resource_id = k.id
            FOR UPDATE OF r
            """,
            keys.Select(key => (int)key.Source).ToArray(), keys.Select(key => key.Kind).ToArray(), keys.Select(key => key.Id).ToArray());
    }

    public ResourceState? StateOf(long source, NewEvent added) =>
        added.Facts.Resource is { } reference && _known.TryGetValue(Key(source, reference), out var known) ? known.State : null;

    /// <summary>Records a stored event on its resource.</summary>
    public void Keep(long source, NewEvent added, long sequence)
    {
        var terms = SearchTerms.Of(added.Facts);
        if (added.Facts.Resource is not { } reference)
        {
            AddTerms(terms.Except(null), 0, sequence.ToString(CultureInfo.InvariantCulture));
            return;
        }

        var key = Key(source, reference);
        var before = _known.GetValueOrDefault(key);
        AddTerms(terms.Except(before?.Terms), key.Kind, key.Id);
        _known[key] = new PostgreSqlResource(ResourceState.After(before?.State, added, sequence), terms.After(before?.Terms));
        _changed.Add(key);
    }

    public void Write(PostgreSqlBatch writes)
    {
        if (_terms.Count > 0)
        {
            writes.Add(
                """
                INSERT INTO search_term (term, resource_kind, resource_id)
                SELECT * FROM unnest($1::text[], $2::smallint[], $3::text[]) ON CONFLICT DO NOTHING
                """,
                _terms.Select(term => term.Term).ToArray(), _terms.Select(term => term.Kind).ToArray(), _terms.Select(term => term.Id).ToArray());
        }

        if (_changed.Count == 0)
        {
            return;
        }

        var changed = _changed.Select(key => (Key: key, Known: _known[key])).ToList();
        writes.Add(
            """
            INSERT INTO resource (
              source_id, resource_kind, resource_id, last_sequence, newest_changed_at, deleted_sequence, title, customer_email, number)
            SELECT * FROM unnest(
              $1::int[], $2::smallint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::bigint[])
            ON CONFLICT (source_id, resource_kind, resource_id) DO UPDATE SET
              last_sequence = excluded.last_sequence, newest_changed_at = excluded.newest_changed_at,
              deleted_sequence = excluded.deleted_sequence, title = excluded.title, customer_email = excluded.customer_email,
              number = excluded.number
            """,
            changed.Select(row => (int)row.Key.Source).ToArray(),
            changed.Select(row => row.Key.Kind).ToArray(),
            changed.Select(row => row.Key.Id).ToArray(),
            changed.Select(row => row.Known.State.LastSequence).ToArray(),
            changed.Select(row => StoredTime.From(row.Known.State.NewestChangedAt)).ToArray(),
            changed.Select(row => row.Known.State.DeletedSequence).ToArray(),
            changed.Select(row => row.Known.Terms.Title).ToArray(),
            changed.Select(row => row.Known.Terms.CustomerEmail).ToArray(),
            changed.Select(row => row.Known.Terms.ConversationNumber).ToArray());
    }

    private void Read(PostgreSqlRows rows)
    {
        while (rows.Read())
        {
            _known[(rows.GetInt64(0), (short)rows.GetInt64(1), rows.GetString(2))] = new PostgreSqlResource(
                new ResourceState(
                    rows.GetInt64(3),
                    rows.IsDBNull(4) ? null : StoredTime.To(rows.GetInt64(4)),
                    rows.IsDBNull(5) ? null : rows.GetInt64(5)),
                PostgreSqlResource.ReadTerms(rows, 6));
        }
    }

    private void AddTerms(IEnumerable<string> terms, short kind, string id)
    {
        foreach (var term in terms)
        {
            _terms.Add((PostgreSqlText.Storable(term), kind, id));
        }
    }

    private static (long Source, short Kind, string Id) Key(long source, Events.ResourceReference reference) =>
        (source, (short)reference.Kind, PostgreSqlText.Storable(PostgreSqlResource.IdOf(reference)));

    private static int Compare((string Term, short Kind, string Id) left, (string Term, short Kind, string Id) right)
    {
        var byTerm = string.CompareOrdinal(left.Term, right.Term);
        var byKind = byTerm != 0 ? byTerm : left.Kind.CompareTo(right.Kind);
        return byKind != 0 ? byKind : string.CompareOrdinal(left.Id, right.Id);
    }
}
