using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Finds the events that a search text matches.</summary>
internal sealed class SqliteEventSearch(SqliteConnection connection, SearchText text)
{
    private const int MaxResources = 2_000;
    private const int MaxSequences = 20_000;

    public SearchText Text => text;

    /// <summary>
    /// Returns the sequences of all possible matches, or <see langword="null"/> if there are too many.
    /// </summary>
    public IReadOnlyCollection<long>? FindRare()
    {
        var resources = connection.Query<(long Kind, object Id)>(
            """
            SELECT resource_kind, resource_id FROM search_term WHERE term IN (@email, @number)
            UNION ALL
            SELECT resource_kind, resource_id FROM (
              SELECT resource_kind, resource_id FROM search_term WHERE term >= @first AND term < @last LIMIT @limit)
            """,
            new
            {
                email = text.EmailTerm,
                number = text.NumberTerm,
                first = text.FirstTitleTerm,
                last = text.LastTitleTerm,
                limit = MaxResources + 1,
            }).AsList();
        if (resources.Count > MaxResources)
        {
            return null;
        }

        var sequences = new HashSet<long>();
        var tail = Tail();
        foreach (var (kind, id) in resources.Concat(ById()))
        {
            if (kind == 0)
            {
                sequences.Add((long)id);
                continue;
            }

            sequences.UnionWith(connection.Query<long>(
                $"""
                SELECT sequence FROM event INDEXED BY event_by_resource
                WHERE resource_kind IS NOT NULL AND {SqliteLaterIndexes.Contain} AND resource_kind = @kind AND resource_id = @id LIMIT @limit
                """,
                new { kind, id, limit = MaxSequences }));
            sequences.UnionWith(tail[(kind, id)]);
            if (sequences.Count >= MaxSequences)
            {
                return null;
            }
        }

        if (text.EventId is { } eventId)
        {
            sequences.UnionWith(connection.Query<long>(
                "SELECT sequence FROM event WHERE id = @id", new { id = eventId.ToByteArray(bigEndian: true) }));
        }

        return sequences;
    }

    /// <summary>Lets SQLite skip most rows that do not match; <see cref="SearchText.Matches"/> decides.</summary>
    public SqliteEventFilter Narrow(SqliteEventFilter filter)
    {
        // SQLite folds the case of ASCII letters only, so it compares up to the first other character.
        var head = new string([.. text.Text.TakeWhile(char.IsAscii)]);
        var escaped = head.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        filter.Parameters.Add("email", head.Length == text.Text.Length ? escaped : escaped + "%");
        var shown = text.AsViewer ? $" AND {SqliteEventRow.TitleIsPreviewColumn} = 0" : "";
        var other = text.Number is { } number
            ? string.Create(
                CultureInfo.InvariantCulture, $" OR e.conversation_number = {number} OR e.resource_id = {number}")
            : "";
        filter.Require(
            $@"(e.title LIKE @titleHead ESCAPE '\'{shown} OR e.customer_email LIKE @email ESCAPE '\'{other})",
            "titleHead",
            escaped + "%");
        return filter;
    }

    /// <summary>The newest events, which are not indexed yet, by their resources.</summary>
    private ILookup<(long Kind, object Id), long> Tail() => connection.Query<(long Kind, object Id, long Sequence)>(
        $"""
        SELECT resource_kind, resource_id, sequence FROM event
        WHERE sequence > ({SqliteLaterIndexes.Through}) AND resource_kind IS NOT NULL
        """).ToLookup(row => (row.Kind, row.Id), row => row.Sequence);

    private IEnumerable<(long Kind, object Id)> ById()
    {
        const int chat = (int)Events.ResourceKind.Chat;
        foreach (var kind in Enum.GetValues<Events.ResourceKind>())
        {
            if ((int)kind != chat && text.Number is { } number)
            {
                yield return ((long)kind, number);
            }
        }

        foreach (var id in text.ChatIds)
        {
            yield return (chat, id);
        }
    }
}
