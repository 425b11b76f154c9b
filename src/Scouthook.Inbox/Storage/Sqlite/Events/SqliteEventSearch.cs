using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>A search text of a user: an exact number, id or e-mail address, or the beginning of a title.</summary>
internal sealed class SqliteEventSearch(SqliteConnection connection, string text, bool withoutPreviews)
{
    private const int MaxResources = 2_000;
    private const int MaxSequences = 20_000;

    // U+10FFFF, the last of all: titles also contain characters beyond U+FFFF.
    private const string LastCharacter = "\U0010FFFF";

    private readonly string _folded = SqliteResource.Fold(text);

    // Written as numbers are shown: 007 is not the number 7.
    private readonly long? _number =
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;

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
                email = "e:" + _folded,
                number = "n:" + _folded,
                first = "t:" + _folded,
                last = "t:" + _folded + LastCharacter,
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
                sequences.Add((long)id);
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

        if (Guid.TryParse(text, out var eventId))
        {
            sequences.UnionWith(connection.Query<long>(
                "SELECT sequence FROM event WHERE id = @id", new { id = eventId.ToByteArray(bigEndian: true) }));
        }

        return sequences;
    }

    /// <summary>Lets SQLite skip most rows that do not match; <see cref="Matches"/> decides.</summary>
    public SqliteEventFilter Narrow(SqliteEventFilter filter)
    {
        // SQLite folds the case of ASCII letters only, so it compares up to the first other character.
        var head = new string([.. text.TakeWhile(char.IsAscii)]);
        var escaped = head.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        filter.Parameters.Add("email", head.Length == text.Length ? escaped : escaped + "%");
        var shown = withoutPreviews ? $" AND {SqliteEventRow.TitleIsPreviewColumn} = 0" : "";
        var other = _number is { } number
            ? string.Create(
                CultureInfo.InvariantCulture, $" OR e.conversation_number = {number} OR e.resource_id = {number}")
            : "";
        filter.Require(
            $@"(e.title LIKE @titleHead ESCAPE '\'{shown} OR e.customer_email LIKE @email ESCAPE '\'{other})",
            "titleHead",
            escaped + "%");
        return filter;
    }

    public bool Matches(StoredEvent found) =>
        (!(withoutPreviews && found.Facts.TitleIsPreview)
            && found.Facts.Title?.StartsWith(text, StringComparison.OrdinalIgnoreCase) == true)
        || text.Equals(found.Facts.CustomerEmail, StringComparison.OrdinalIgnoreCase)
        || (_number is { } number && found.Facts.ConversationNumber == number)
        || text.Equals(found.Facts.Resource?.Id, StringComparison.OrdinalIgnoreCase)
        || (Guid.TryParse(text, out var id) && found.Id == id);

    private IEnumerable<(long Kind, object Id)> ById()
    {
        const int chat = (int)Events.ResourceKind.Chat;
        foreach (var kind in Enum.GetValues<Events.ResourceKind>())
        {
            if ((int)kind != chat && _number is { } number)
            {
                yield return ((long)kind, number);
            }
        }

        // Ids of chats are UUIDs and compared as text, so both forms are tried.
        foreach (var id in new HashSet<string> { text, text.ToLowerInvariant(), text.ToUpperInvariant() })
        {
            yield return (chat, id);
        }
    }
}
