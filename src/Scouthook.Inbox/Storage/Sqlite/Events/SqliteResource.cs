using System.Globalization;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>One row of <c>resource</c>.</summary>
internal sealed record SqliteResource(ResourceState State, SearchTerms Terms)
{
    public static SqliteResource? Find(SqliteSession session, long sourceId, ResourceReference reference)
    {
        using var row = session.Statement(
            """
            SELECT last_sequence, newest_occurred_at, deleted_sequence, title, customer_email, number
            FROM resource WHERE source_id = ?1 AND resource_kind = ?2 AND resource_id = ?3
            """).Read(sourceId, (long)reference.Kind, IdValue(reference));
        return row.Read()
            ? new SqliteResource(
                new ResourceState(
                    row.GetInt64(0),
                    row.IsDBNull(1) ? null : StoredTime.To(row.GetInt64(1)),
                    row.IsDBNull(2) ? null : row.GetInt64(2)),
                ReadTerms(row, 3))
            : null;
    }

    /// <summary>Records a stored event on its resource.</summary>
    public static void Store(
        SqliteSession session, long sourceId, NewEvent added, long sequence, SqliteResource? before)
    {
        var facts = added.Facts;
        var kind = facts.Resource is { } reference ? (long)reference.Kind : 0L;
        var id = facts.Resource is { } about ? IdValue(about) : sequence;
        var terms = SearchTerms.Of(facts);
        foreach (var term in terms.Except(before?.Terms))
        {
            session.Statement("INSERT OR IGNORE INTO search_term (term, resource_kind, resource_id) VALUES (?1, ?2, ?3)")
                .Execute(term, kind, id);
        }

        if (facts.Resource is null)
        {
            return;
        }

        var state = ResourceState.After(before?.State, added, sequence);
        var known = terms.After(before?.Terms);
        session.Statement(
            """
            INSERT INTO resource (
              source_id, resource_kind, resource_id, last_sequence, newest_occurred_at, deleted_sequence,
              title, customer_email, number)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (source_id, resource_kind, resource_id) DO UPDATE SET
              last_sequence = ?4, newest_occurred_at = ?5, deleted_sequence = ?6,
              title = ?7, customer_email = ?8, number = ?9
            """).Execute(
            sourceId,
            kind,
            id,
            state.LastSequence,
            StoredTime.From(state.NewestChangedAt),
            state.DeletedSequence,
            known.Title,
            known.CustomerEmail,
            known.ConversationNumber);
    }

    /// <summary>Removes the terms that only this event, about to be removed, contributed.</summary>
    /// <remarks>
    /// A resource without events is removed completely. Of one that remains, its current terms stay; a term that it
    /// had, lost and had again may be removed with the older event.
    /// </remarks>
    public static void Forget(SqliteSession session, long sequence)
    {
        long sourceId, kind;
        object id;
        SearchTerms terms;
        using (var row = session.Statement(
            """
            SELECT source_id, coalesce(resource_kind, 0), coalesce(resource_id, sequence), title, customer_email,
              conversation_number
            FROM event WHERE sequence = ?1
            """).Read(sequence))
        {
            row.Read();
            sourceId = row.GetInt64(0);
            kind = row.GetInt64(1);
            id = row.GetValue(2);
            terms = ReadTerms(row, 3);
        }

        session.Statement(
            "DELETE FROM resource WHERE source_id = ?1 AND resource_kind = ?2 AND resource_id = ?3 AND last_sequence = ?4")
            .Execute(sourceId, kind, id, sequence);
        foreach (var term in terms.Except(RemainingTerms(session, sourceId, kind, id)))
        {
            session.Statement("DELETE FROM search_term WHERE term = ?1 AND resource_kind = ?2 AND resource_id = ?3")
                .Execute(term, kind, id);
        }
    }

    /// <summary>Numeric ids are stored as numbers: shorter, and in their own order.</summary>
    public static object IdValue(ResourceReference reference) => reference.Kind is ResourceKind.Chat
        ? reference.Id
        : long.Parse(reference.Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static SearchTerms? RemainingTerms(SqliteSession session, long sourceId, long kind, object id)
    {
        using var row = session.Statement(
            "SELECT title, customer_email, number FROM resource WHERE source_id = ?1 AND resource_kind = ?2 AND resource_id = ?3")
            .Read(sourceId, kind, id);
        return row.Read() ? ReadTerms(row, 0) : null;
    }

    private static SearchTerms ReadTerms(SqliteRows row, int first) => new(
        row.IsDBNull(first) ? null : row.GetString(first),
        row.IsDBNull(first + 1) ? null : row.GetString(first + 1),
        row.IsDBNull(first + 2) ? null : row.GetInt64(first + 2));
}
