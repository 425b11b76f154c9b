using System.Globalization;
using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>One row of <c>resource</c>, and the terms by which users can find it.</summary>
internal sealed record SqliteResource(ResourceState State, string? Title, string? CustomerEmail, long? Number)
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
                    row.IsDBNull(1) ? null : SqliteTime.To(row.GetInt64(1)),
                    row.IsDBNull(2) ? null : row.GetInt64(2)),
                row.IsDBNull(3) ? null : row.GetString(3),
                row.IsDBNull(4) ? null : row.GetString(4),
                row.IsDBNull(5) ? null : row.GetInt64(5))
            : null;
    }

    /// <summary>Records a stored event on its resource.</summary>
    public static void Store(
        SqliteSession session, long sourceId, NewEvent added, long sequence, SqliteResource? before)
    {
        var facts = added.Facts;
        var kind = facts.Resource is { } reference ? (long)reference.Kind : 0L;
        var id = facts.Resource is { } about ? IdValue(about) : sequence;
        AddTerm(session, "t:", facts.Title, before?.Title, kind, id);
        AddTerm(session, "e:", facts.CustomerEmail, before?.CustomerEmail, kind, id);
        AddTerm(session, "n:", Text(facts.ConversationNumber), Text(before?.Number), kind, id);
        if (facts.Resource is null)
        {
            return;
        }

        var newest = facts.ChangedAt is { } at && !(at <= before?.State.NewestChangedAt)
            ? at
            : before?.State.NewestChangedAt;
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
            sequence,
            newest is { } instant ? SqliteTime.From(instant) : null,
            added.IsDeletion ? sequence : before?.State.DeletedSequence,
            facts.Title ?? before?.Title,
            facts.CustomerEmail ?? before?.CustomerEmail,
            facts.ConversationNumber ?? before?.Number);
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
        string? title, email, number;
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
            title = row.IsDBNull(3) ? null : row.GetString(3);
            email = row.IsDBNull(4) ? null : row.GetString(4);
            number = row.IsDBNull(5) ? null : Text(row.GetInt64(5));
        }

        session.Statement(
            "DELETE FROM resource WHERE source_id = ?1 AND resource_kind = ?2 AND resource_id = ?3 AND last_sequence = ?4")
            .Execute(sourceId, kind, id, sequence);
        SqliteResource? left = null;
        using (var row = session.Statement(
            "SELECT title, customer_email, number FROM resource WHERE source_id = ?1 AND resource_kind = ?2 AND resource_id = ?3")
            .Read(sourceId, kind, id))
        {
            if (row.Read())
            {
                left = new SqliteResource(
                    default,
                    row.IsDBNull(0) ? null : row.GetString(0),
                    row.IsDBNull(1) ? null : row.GetString(1),
                    row.IsDBNull(2) ? null : row.GetInt64(2));
            }
        }

        RemoveTerm(session, "t:", title, left?.Title, kind, id);
        RemoveTerm(session, "e:", email, left?.CustomerEmail, kind, id);
        RemoveTerm(session, "n:", number, Text(left?.Number), kind, id);
    }

    /// <summary>Numeric ids are stored as numbers: shorter, and in their own order.</summary>
    public static object IdValue(ResourceReference reference) => reference.Kind is ResourceKind.Chat
        ? reference.Id
        : long.Parse(reference.Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>Folds the case of a term, in the way of <see cref="StringComparison.OrdinalIgnoreCase"/>.</summary>
    /// <remarks>Upper case, as two letters of lower case can share one: σ and ς are both Σ.</remarks>
    public static string Fold(string text) => text.ToUpperInvariant();

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static void RemoveTerm(
        SqliteSession session, string prefix, string? text, string? still, long kind, object id)
    {
        if (text is not null && text != still)
        {
            session.Statement("DELETE FROM search_term WHERE term = ?1 AND resource_kind = ?2 AND resource_id = ?3")
                .Execute(prefix + Fold(text), kind, id);
        }
    }

    private static void AddTerm(
        SqliteSession session, string prefix, string? text, string? before, long kind, object id)
    {
        if (text is not null && text != before)
        {
            session.Statement(
                "INSERT OR IGNORE INTO search_term (term, resource_kind, resource_id) VALUES (?1, ?2, ?3)")
                .Execute(prefix + Fold(text), kind, id);
        }
    }
}
