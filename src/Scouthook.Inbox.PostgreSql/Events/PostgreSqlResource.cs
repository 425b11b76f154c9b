using System.Globalization;
using Scouthook.Events;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>One row of <c>resource</c>.</summary>
internal sealed record PostgreSqlResource(ResourceState State, SearchTerms Terms)
{
    /// <summary>Returns an id in stored form: equal numbers have equal texts.</summary>
    public static string IdOf(ResourceReference reference) => reference.Kind is ResourceKind.Chat
        ? reference.Id
        : long.Parse(reference.Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    /// <summary>Removes the terms that only this event, about to be removed, contributed.</summary>
    /// <remarks>
    /// A resource without events is removed completely. Of one that remains, its current terms stay; a term that it
    /// had, lost and had again may be removed with the older event.
    /// </remarks>
    public static void Forget(PostgreSqlSession session, long sequence)
    {
        long sourceId, kind;
        string id;
        SearchTerms terms;
        using (var row = session.Statement(
            """
            SELECT source_id, coalesce(resource_kind, 0), coalesce(resource_id, sequence::text), title, customer_email,
              conversation_number
            FROM event WHERE sequence = $1
            """).Read(sequence))
        {
            row.Read();
            sourceId = row.GetInt64(0);
            kind = row.GetInt64(1);
            id = row.GetString(2);
            terms = ReadTerms(row, 3);
        }

        session.Statement(
            "DELETE FROM resource WHERE source_id = $1 AND resource_kind = $2 AND resource_id = $3 AND last_sequence = $4")
            .Execute(sourceId, kind, id, sequence);
        foreach (var term in terms.Except(RemainingTerms(session, sourceId, kind, id)))
        {
            session.Statement("DELETE FROM search_term WHERE term = $1 AND resource_kind = $2 AND resource_id = $3")
                .Execute(term, kind, id);
        }
    }

    public static SearchTerms ReadTerms(PostgreSqlRows row, int first) => new(
        row.IsDBNull(first) ? null : row.GetString(first),
        row.IsDBNull(first + 1) ? null : row.GetString(first + 1),
        row.IsDBNull(first + 2) ? null : row.GetInt64(first + 2));

    private static SearchTerms? RemainingTerms(PostgreSqlSession session, long sourceId, long kind, string id)
    {
        // Locked: an event of the resource that is being stored counts on the terms it has found.
        using var row = session.Statement(
            """
            SELECT title, customer_email, number FROM resource
            WHERE source_id = $1 AND resource_kind = $2 AND resource_id = $3 FOR UPDATE
            """).Read(sourceId, kind, id);
        return row.Read() ? ReadTerms(row, 0) : null;
    }
}
