using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads a stored event from a row.</summary>
internal static class EventRow
{
    /// <summary>The columns before the one that each store adds: whether a title was taken from a message text.</summary>
    public const string Columns =
        """
        e.sequence, e.id, s.name, t.name, e.state, e.state_reason, e.received_at, e.occurred_at, e.changed_at,
        e.resource_kind, e.resource_id, e.ordering_kind, e.ordering_id, e.conversation_id, e.conversation_number,
        e.mailbox_id, e.customer_id, e.customer_email, e.title, e.actor, e.stale, e.possible_repeat,
        e.repeats, e.last_repeat_at, e.size
        """;

    public const string Tables =
        "event e JOIN source s ON s.source_id = e.source_id JOIN event_type t ON t.event_type_id = e.event_type_id";

    /// <summary>The number of columns, with the one that each store adds.</summary>
    public const int ColumnCount = 26;

    public static StoredEvent Read(IRow row) => new()
    {
        Sequence = row.GetInt64(0),
        Id = row.GetGuid(1),
        Source = row.GetString(2),
        EventType = row.GetString(3),
        ReceivedAt = row.Instant(6),
        Facts = new EventFacts
        {
            State = (EventState)row.GetInt64(4),
            StateReason = row.TextOrNull(5),
            OccurredAt = row.InstantOrNull(7),
            ChangedAt = row.InstantOrNull(8),
            Resource = Reference(row, 9),
            OrdersWith = Reference(row, 11),
            ConversationId = row.NumberOrNull(13),
            ConversationNumber = row.NumberOrNull(14),
            MailboxId = row.NumberOrNull(15),
            CustomerId = row.NumberOrNull(16),
            CustomerEmail = row.TextOrNull(17),
            Title = row.TextOrNull(18),
            TitleIsPreview = row.GetBoolean(25),
            Actor = row.TextOrNull(19),
        },
        IsStale = row.GetBoolean(20),
        IsPossibleRepeat = row.GetBoolean(21),
        Repeats = (int)row.GetInt64(22),
        LastRepeatAt = row.InstantOrNull(23),
        Size = (int)row.GetInt64(24),
    };

    private static ResourceReference? Reference(IRow row, int kind) =>
        row.NumberOrNull(kind) is { } value && row.TextOrNull(kind + 1) is { } id ? new ResourceReference((ResourceKind)value, id) : null;
}
