using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>Computes the expected result of a list by checking every event: slow, but obviously correct.</summary>
internal sealed class EventOracle(IReadOnlyList<(NewEvent Event, long Sequence)> stored)
{
    public IReadOnlyList<long> Sequences(EventQuery query) =>
    [
        .. stored.Where(it => Matches(query, it.Event))
            .Select(it => it.Sequence).OrderDescending(),
    ];

    private static bool Matches(EventQuery query, NewEvent it) =>
        (query.EventTypes.Count == 0 || query.EventTypes.Any(pattern => EventPattern.Matches(pattern, it.EventType)))
        && (query.Source is null || it.Source == query.Source)
        && (query.Resource is null || it.Facts.Resource == query.Resource)
        && (query.MailboxId is null || it.Facts.MailboxId == query.MailboxId)
        && (query.State is null || it.Facts.State == query.State)
        && (query.Since is null || it.ReceivedAt >= query.Since)
        && (query.Until is null || it.ReceivedAt < query.Until)
        && (string.IsNullOrWhiteSpace(query.Text) || MatchesText(query.Text.Trim(), it));

    private static bool MatchesText(string text, NewEvent it) =>
        it.Facts.Title?.StartsWith(text, StringComparison.OrdinalIgnoreCase) == true
        || text.Equals(it.Facts.CustomerEmail, StringComparison.OrdinalIgnoreCase)
        || text == it.Facts.ConversationNumber?.ToString(System.Globalization.CultureInfo.InvariantCulture)
        || text.Equals(it.Facts.Resource?.Id, StringComparison.OrdinalIgnoreCase)
        || text.Equals(it.Id.ToString(), StringComparison.OrdinalIgnoreCase);
}
