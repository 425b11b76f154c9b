using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Retries a single delivery in its old position, or discards it.</summary>
internal static class SqliteRetryDiscard
{
    public static DeliveryChangeOutcome Retry(SqliteSession session, Guid id, DateTimeOffset now)
    {
        if (Find(session, id) is not { } delivery)
        {
            return DeliveryChangeOutcome.NotFound;
        }

        var instant = session.Waiting(now);
        switch (delivery)
        {
            case { State: DeliveryState.DeadLettered, IsReplaced: false } when session.Endpoints.Find(delivery.Endpoint) is null:
                return DeliveryChangeOutcome.EndpointDeleted;

            case { State: DeliveryState.DeadLettered, IsReplaced: false }:
                // A later one of its key may be leased; then it waits for the end of that lease.
                session.Statement(
                    """
                    UPDATE delivery SET state = 0, holds = 1, earlier = attempts, reason = NULL, settled_at = NULL, aged_from = NULL,
                      next_attempt_at = CASE WHEN ordering_key IS NOT NULL AND EXISTS (
                        SELECT 1 FROM delivery first INDEXED BY delivery_order
                        WHERE first.holds = 1 AND first.endpoint_id = delivery.endpoint_id
                          AND first.ordering_key = delivery.ordering_key
                          AND (first.delivery_id < delivery.delivery_id OR first.state = 1))
                      THEN NULL ELSE ?2 END
                    WHERE delivery_id = ?1
                    """).Execute(delivery.RowId, instant);
                break;

            case { State: DeliveryState.Pending } when delivery.NextAttemptAt > instant:
                session.Statement("UPDATE delivery SET next_attempt_at = ?2, earlier = attempts WHERE delivery_id = ?1").Execute(delivery.RowId, instant);
                break;

            case { State: DeliveryState.Pending }:
                return delivery.NextAttemptAt is null ? DeliveryChangeOutcome.BehindEarlier : DeliveryChangeOutcome.AlreadyDue;

            default:
                return Refusal(delivery);
        }

        session.SignalDue(delivery.Endpoint);
        return DeliveryChangeOutcome.Done;
    }

    public static DeliveryChangeOutcome Discard(SqliteSession session, Guid id, DateTimeOffset now)
    {
        if (Find(session, id) is not { } delivery)
        {
            return DeliveryChangeOutcome.NotFound;
        }

        if (delivery is not ({ State: DeliveryState.Pending } or { State: DeliveryState.DeadLettered, IsReplaced: false }))
        {
            return Refusal(delivery);
        }

        session.Statement(
            "UPDATE delivery SET state = 4, holds = 0, next_attempt_at = NULL, settled_at = ?2 WHERE delivery_id = ?1")
            .Execute(delivery.RowId, SqliteTime.From(now));
        SqliteDelivery.ReleaseNext(session, delivery.Endpoint, delivery.OrderingKey, now);
        return DeliveryChangeOutcome.Done;
    }

    private static DeliveryChangeOutcome Refusal(Found delivery) => delivery.State switch
    {
        DeliveryState.Leased => DeliveryChangeOutcome.BeingAttempted,
        DeliveryState.Delivered => DeliveryChangeOutcome.Delivered,
        DeliveryState.Discarded => DeliveryChangeOutcome.Discarded,
        _ => DeliveryChangeOutcome.Replaced,
    };

    private static Found? Find(SqliteSession session, Guid id)
    {
        using var row = session.Statement(
            """
            SELECT delivery_id, endpoint_id, ordering_key, state, replaced_by IS NOT NULL, next_attempt_at
            FROM delivery WHERE id = ?1
            """).Read(id.ToByteArray(bigEndian: true));
        return row.Read()
            ? new Found(
                row.GetInt64(0),
                row.GetInt64(1),
                row.IsDBNull(2) ? null : row.GetInt64(2),
                (DeliveryState)row.GetInt64(3),
                row.GetInt64(4) != 0,
                row.IsDBNull(5) ? null : row.GetInt64(5))
            : null;
    }

    private readonly record struct Found(
        long RowId, long Endpoint, long? OrderingKey, DeliveryState State, bool IsReplaced, long? NextAttemptAt);
}
