using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads a delivery from a row, with the columns of its event and endpoint that lists show.</summary>
internal static class DeliveryRow
{
    /// <summary>The columns before the one that each store adds: whether a title was taken from a message text.</summary>
    public const string Columns =
        """
        d.delivery_id, d.id, e.id, t.name, e.title, p.id, p.name, d.state, d.reason, d.attempts, d.next_attempt_at,
        d.created_at, d.settled_at, r.id, n.id,
        (SELECT a.error FROM attempt a WHERE a.delivery_id = d.delivery_id ORDER BY a.number DESC LIMIT 1)
        """;

    public const string Tables =
        """
        delivery d
          JOIN event e ON e.sequence = d.sequence
          JOIN event_type t ON t.event_type_id = e.event_type_id
          JOIN endpoint p ON p.endpoint_id = d.endpoint_id
          LEFT JOIN replay r ON r.replay_id = d.replay_id
          LEFT JOIN delivery n ON n.delivery_id = d.replaced_by
        """;

    /// <param name="row">The row.</param>
    /// <param name="offset">How far the wall clock has moved against the time that waits use.</param>
    public static (long RowId, Delivery Delivery) Read(IRow row, TimeSpan offset) => (row.GetInt64(0), new Delivery
    {
        Id = row.GetGuid(1),
        EventId = row.GetGuid(2),
        EventType = row.GetString(3),
        Title = row.TextOrNull(4),
        TitleIsPreview = row.GetBoolean(16),
        EndpointId = row.GetGuid(5),
        EndpointName = row.GetString(6),
        State = (DeliveryState)row.GetInt64(7),
        StateReason = row.TextOrNull(8),
        Attempts = (int)row.GetInt64(9),
        NextAttemptAt = row.InstantOrNull(10) + offset,
        LastError = row.TextOrNull(15),
        CreatedAt = row.Instant(11),
        SettledAt = row.InstantOrNull(12),
        Replay = row.IdOrNull(13),
        ReplacedBy = row.IdOrNull(14),
    });

    /// <summary>Sums up the deliveries of events by their states.</summary>
    public static Dictionary<long, DeliveryCounts> Count(IEnumerable<(long Sequence, long State, long Count)> counted)
    {
        return counted.GroupBy(row => row.Sequence).ToDictionary(rows => rows.Key, rows => new DeliveryCounts(
            Of(rows, DeliveryState.Pending) + Of(rows, DeliveryState.Leased),
            Of(rows, DeliveryState.Delivered),
            Of(rows, DeliveryState.DeadLettered),
            Of(rows, DeliveryState.Discarded)));

        static int Of(IEnumerable<(long Sequence, long State, long Count)> rows, DeliveryState state) =>
            (int)rows.Where(row => row.State == (long)state).Sum(row => row.Count);
    }
}
