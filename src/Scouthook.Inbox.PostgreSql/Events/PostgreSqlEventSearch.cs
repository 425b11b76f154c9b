using System.Globalization;
using Dapper;
using Npgsql;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Finds the events that a search text matches.</summary>
internal sealed class PostgreSqlEventSearch(NpgsqlConnection connection, SearchText text)
{
    private const int MaxResources = 2_000;
    private const int MaxSequences = 20_000;

    public SearchText Text => text;

    /// <summary>
    /// Returns the sequences of all possible matches, or <see langword="null"/> if there are too many.
    /// </summary>
    public IReadOnlyCollection<long>? FindRare()
    {
        var resources = connection.Query<(long Kind, string Id)>(
            """
            SELECT resource_kind, resource_id FROM search_term WHERE term IN (@email, @number)
            UNION ALL
            SELECT resource_kind, resource_id FROM (
              SELECT resource_kind, resource_id FROM search_term WHERE term >= @first AND term < @last LIMIT @limit) AS titles
            """,
            new
            {
                email = Storable(text.EmailTerm),
                number = text.NumberTerm,
                first = Storable(text.FirstTitleTerm),
                last = Storable(text.LastTitleTerm),
                limit = MaxResources + 1,
            }).AsList();
        if (resources.Count > MaxResources)
        {
            return null;
        }

        var sequences = new HashSet<long>();
        foreach (var (kind, id) in resources.Concat(ById()))
        {
            if (kind == 0)
            {
                sequences.Add(long.Parse(id, CultureInfo.InvariantCulture));
                continue;
            }

            sequences.UnionWith(connection.Query<long>(
                "SELECT sequence FROM event WHERE resource_kind = @kind AND resource_id = @id LIMIT @limit",
                new { kind, id, limit = MaxSequences }));
            if (sequences.Count >= MaxSequences)
            {
                return null;
            }
        }

        if (text.EventId is { } eventId)
        {
            sequences.UnionWith(connection.Query<long>(
                "SELECT sequence FROM event WHERE id = @id", new { id = eventId }));
        }

        return sequences;
    }

    /// <summary>Lets SQLite skip most rows that do not match; <see cref="SearchText.Matches"/> decides.</summary>
    public PostgreSqlEventFilter Narrow(PostgreSqlEventFilter filter)
    {
        // The database folds the case of ASCII letters only, so it compares up to the first other character.
        var head = new string([.. text.Text.TakeWhile(char.IsAscii)]);
        var escaped = head.ToUpperInvariant().Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        filter.Parameters.Add("email", head.Length == text.Text.Length ? escaped : escaped + "%");
        var shown = text.AsViewer ? $" AND NOT {PostgreSqlEventRow.TitleIsPreviewColumn}" : "";
        var other = text.Number is { } number
            ? string.Create(
                CultureInfo.InvariantCulture, $" OR e.conversation_number = {number} OR e.resource_id = '{number}'")
            : "";
        filter.Require(
            $@"(upper(e.title COLLATE ""C"") LIKE @titleHead ESCAPE '\'{shown} OR upper(e.customer_email COLLATE ""C"") LIKE @email ESCAPE '\'{other})",
            "titleHead",
            escaped + "%");
        return filter;
    }

    private static string Storable(string term) => PostgreSqlText.Storable(term);

    private IEnumerable<(long Kind, string Id)> ById()
    {
        const int chat = (int)Events.ResourceKind.Chat;
        foreach (var kind in Enum.GetValues<Events.ResourceKind>())
        {
            if ((int)kind != chat && text.Number is { } number)
            {
                yield return ((long)kind, number.ToString(CultureInfo.InvariantCulture));
            }
        }

        foreach (var id in text.ChatIds)
        {
            yield return (chat, id);
        }
    }
}
