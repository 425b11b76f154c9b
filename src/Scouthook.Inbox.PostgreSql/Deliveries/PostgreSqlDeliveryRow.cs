using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>One delivery with the columns of its event and endpoint that lists show.</summary>
internal sealed class PostgreSqlDeliveryRow
{
    public const string Select =
        $"""
        SELECT d.delivery_id AS RowId, d.id AS Id, e.id AS EventId, t.name AS EventType, e.title AS Title,
          {PostgreSqlEventRow.TitleIsPreviewColumn} AS TitleIsPreview, p.id AS EndpointId, p.name AS EndpointName,
          d.state AS State, d.reason AS Reason, d.attempts AS Attempts, d.next_attempt_at AS NextAttemptAt,
          d.created_at AS CreatedAt, d.settled_at AS SettledAt, r.id AS Replay, n.id AS ReplacedBy,
          (SELECT a.error FROM attempt a
           WHERE a.delivery_id = d.delivery_id ORDER BY a.number DESC LIMIT 1) AS LastError
        FROM delivery d
          JOIN event e ON e.sequence = d.sequence
          JOIN event_type t ON t.event_type_id = e.event_type_id
          JOIN endpoint p ON p.endpoint_id = d.endpoint_id
          LEFT JOIN replay r ON r.replay_id = d.replay_id
          LEFT JOIN delivery n ON n.delivery_id = d.replaced_by
        """;

    public long RowId { get; init; }

    public Guid Id { get; init; }

    public Guid EventId { get; init; }

    public string EventType { get; init; } = "";

    public string? Title { get; init; }

    public bool TitleIsPreview { get; init; }

    public Guid EndpointId { get; init; }

    public string EndpointName { get; init; } = "";

    public long State { get; init; }

    public string? Reason { get; init; }

    public long Attempts { get; init; }

    public long? NextAttemptAt { get; init; }

    public long CreatedAt { get; init; }

    public long? SettledAt { get; init; }

    public Guid? Replay { get; init; }

    public Guid? ReplacedBy { get; init; }

    public string? LastError { get; init; }

    /// <param name="offset">How far the wall clock has moved against the time that waits use.</param>
    public Delivery ToDelivery(TimeSpan offset) => new()
    {
        Id = Id,
        EventId = EventId,
        EventType = EventType,
        Title = Title,
        TitleIsPreview = TitleIsPreview,
        EndpointId = EndpointId,
        EndpointName = EndpointName,
        State = (DeliveryState)State,
        StateReason = Reason,
        Attempts = (int)Attempts,
        NextAttemptAt = PostgreSqlTime.To(NextAttemptAt) + offset,
        LastError = LastError,
        CreatedAt = PostgreSqlTime.To(CreatedAt),
        SettledAt = PostgreSqlTime.To(SettledAt),
        Replay = Replay,
        ReplacedBy = ReplacedBy,
    };
}
