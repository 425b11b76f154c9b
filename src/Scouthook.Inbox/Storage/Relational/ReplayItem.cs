using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>An event of a replay, and the position of the replay at it.</summary>
internal sealed record ReplayItem(long Position, RoutedEvent Event)
{
    /// <summary>The columns after the position.</summary>
    public const string Columns = "e.sequence, s.name, t.name, e.state, e.mailbox_id, e.ordering_kind, e.ordering_id";

    public const string Names =
        "JOIN source s ON s.source_id = e.source_id JOIN event_type t ON t.event_type_id = e.event_type_id";

    public static ReplayItem Read(IRow row)
    {
        var source = row.GetString(2);
        return new ReplayItem(row.GetInt64(0), new RoutedEvent(
            row.GetInt64(1),
            source,
            row.GetString(3),
            (EventState)row.GetInt64(4),
            row.NumberOrNull(5),
            row.NumberOrNull(6) is { } kind ? OrderingKey.Of(source, kind, row.GetString(7)) : null));
    }
}
