using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Retries a single delivery in its old position, or discards it.</summary>
internal static class SqliteRetryDiscard
{
    public static DeliveryChangeOutcome Retry(SqliteSession session, Guid id)
    {
        if (Find(session, id) is not { } delivery)
        {
            return DeliveryChangeOutcome.NotFound;
        }

        var now = session.Time.Steady;
        var outcome = DeliveryRules.Retry(
            delivery.State, delivery.IsReplaced, session.Endpoints.Find(delivery.Endpoint) is not null, delivery.NextAttemptAt - now);
        if (outcome is not DeliveryChangeOutcome.Done)
        {
            return outcome;
        }

        // Behind an earlier one, or a later one of its key that is leased, it waits for the end of that.
        session.Statement(
            """
            UPDATE delivery SET state = 0, holds = 1, earlier = attempts, reason = NULL, settled_at = NULL, aged_from = NULL,
              next_attempt_at = CASE WHEN state = 3 AND ordering_key IS NOT NULL AND EXISTS (
                SELECT 1 FROM delivery first INDEXED BY delivery_order
                WHERE first.holds = 1 AND first.endpoint_id = delivery.endpoint_id
                  AND first.ordering_key = delivery.ordering_key
                  AND (first.delivery_id < delivery.delivery_id OR first.state = 1))
              THEN NULL ELSE ?2 END
            WHERE delivery_id = ?1
            """).Execute(delivery.RowId, StoredTime.From(now));
        SqliteDelivery.SignalDue(session, delivery.Endpoint);
        return DeliveryChangeOutcome.Done;
    }

    public static DeliveryChangeOutcome Discard(SqliteSession session, Guid id)
    {
        if (Find(session, id) is not { } delivery)
        {
            return DeliveryChangeOutcome.NotFound;
        }

        var outcome = DeliveryRules.Discard(delivery.State, delivery.IsReplaced);
        if (outcome is DeliveryChangeOutcome.Done)
        {
            session.Statement(
                "UPDATE delivery SET state = 4, holds = 0, next_attempt_at = NULL, settled_at = ?2 WHERE delivery_id = ?1")
                .Execute(delivery.RowId, StoredTime.From(session.Time.Now));
            SqliteDelivery.ReleaseNext(session, delivery.Endpoint, delivery.OrderingKey);
        }

        return outcome;
    }

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
                row.IsDBNull(5) ? null : StoredTime.To(row.GetInt64(5)))
            : null;
    }

    private readonly record struct Found(
        long RowId, long Endpoint, long? OrderingKey, DeliveryState State, bool IsReplaced, DateTimeOffset? NextAttemptAt);
}
