using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads one row of a list.</summary>
internal sealed class PostgreSqlEventRow
{
    /// <summary>True if a title was taken from a message text.</summary>
    public const string TitleIsPreviewColumn = "e.title_is_preview";

    public const string Columns =
        $"""
        e.sequence AS Sequence, e.id AS Id, s.name AS Source, t.name AS EventType, e.state AS State,
        e.state_reason AS StateReason, e.received_at AS ReceivedAt, e.occurred_at AS OccurredAt,
        e.changed_at AS ChangedAt,
        e.resource_kind AS ResourceKind, e.resource_id AS ResourceId,
        e.ordering_kind AS OrderingKind, e.ordering_id AS OrderingId,
        e.conversation_id AS ConversationId, e.conversation_number AS ConversationNumber,
        e.mailbox_id AS MailboxId, e.customer_id AS CustomerId, e.customer_email AS CustomerEmail,
        e.title AS Title, {TitleIsPreviewColumn} AS TitleIsPreview, e.actor AS Actor, e.stale AS Stale, e.possible_repeat AS PossibleRepeat,
        e.repeats AS Repeats, e.last_repeat_at AS LastRepeatAt, e.size AS Size
        """;

    /// <summary>The number of <see cref="Columns"/>.</summary>
    public const int ColumnCount = 26;

    public const string Tables =
        "event e JOIN source s ON s.source_id = e.source_id JOIN event_type t ON t.event_type_id = e.event_type_id";

    public long Sequence { get; init; }

    public Guid Id { get; init; }

    public string Source { get; init; } = "";

    public string EventType { get; init; } = "";

    public long State { get; init; }

    public string? StateReason { get; init; }

    public long ReceivedAt { get; init; }

    public long? OccurredAt { get; init; }

    public long? ChangedAt { get; init; }

    public long? ResourceKind { get; init; }

    public string? ResourceId { get; init; }

    public long? OrderingKind { get; init; }

    public string? OrderingId { get; init; }

    public long? ConversationId { get; init; }

    public long? ConversationNumber { get; init; }

    public long? MailboxId { get; init; }

    public long? CustomerId { get; init; }

    public string? CustomerEmail { get; init; }

    public string? Title { get; init; }

    public bool TitleIsPreview { get; init; }

    public string? Actor { get; init; }

    public bool Stale { get; init; }

    public bool PossibleRepeat { get; init; }

    public long Repeats { get; init; }

    public long? LastRepeatAt { get; init; }

    public long Size { get; init; }

    /// <summary>Reads the <see cref="Columns"/>, which are the first of a row.</summary>
    public static PostgreSqlEventRow Read(PostgreSqlRows row) => new()
    {
        Sequence = row.GetInt64(0),
        Id = row.GetGuid(1),
        Source = row.GetString(2),
        EventType = row.GetString(3),
        State = row.GetInt64(4),
        StateReason = Text(row, 5),
        ReceivedAt = row.GetInt64(6),
        OccurredAt = Number(row, 7),
        ChangedAt = Number(row, 8),
        ResourceKind = Number(row, 9),
        ResourceId = Text(row, 10),
        OrderingKind = Number(row, 11),
        OrderingId = Text(row, 12),
        ConversationId = Number(row, 13),
        ConversationNumber = Number(row, 14),
        MailboxId = Number(row, 15),
        CustomerId = Number(row, 16),
        CustomerEmail = Text(row, 17),
        Title = Text(row, 18),
        TitleIsPreview = row.GetBoolean(19),
        Actor = Text(row, 20),
        Stale = row.GetBoolean(21),
        PossibleRepeat = row.GetBoolean(22),
        Repeats = row.GetInt64(23),
        LastRepeatAt = Number(row, 24),
        Size = row.GetInt64(25),
    };

    public StoredEvent ToEvent() => new()
    {
        Id = Id,
        Sequence = Sequence,
        Source = Source,
        EventType = EventType,
        ReceivedAt = PostgreSqlTime.To(ReceivedAt),
        Facts = new EventFacts
        {
            State = (EventState)State,
            StateReason = StateReason,
            OccurredAt = PostgreSqlTime.To(OccurredAt),
            ChangedAt = PostgreSqlTime.To(ChangedAt),
            Resource = Reference(ResourceKind, ResourceId),
            OrdersWith = Reference(OrderingKind, OrderingId),
            ConversationId = ConversationId,
            ConversationNumber = ConversationNumber,
            MailboxId = MailboxId,
            CustomerId = CustomerId,
            CustomerEmail = CustomerEmail,
            Title = Title,
            TitleIsPreview = TitleIsPreview,
            Actor = Actor,
        },
        IsStale = Stale,
        IsPossibleRepeat = PossibleRepeat,
        Repeats = (int)Repeats,
        LastRepeatAt = PostgreSqlTime.To(LastRepeatAt),
        Size = (int)Size,
    };

    private static ResourceReference? Reference(long? kind, string? id) => kind is { } value && id is not null
        ? new ResourceReference((ResourceKind)value, id)
        : null;

    private static long? Number(PostgreSqlRows row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string? Text(PostgreSqlRows row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

}
