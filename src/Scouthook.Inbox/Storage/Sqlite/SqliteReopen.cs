using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>What a person does with one delivery: tries it again in its old place, or lets it go.</summary>
internal static class SqliteReopen
{
    public static bool Retry(SqliteSession session, Guid id, DateTimeOffset now)
    {
        var instant = session.Waiting(now);

        // A later one of its key may be under way; then it waits for the end of that lease.
        if (Changed(
            session.Statement(
                """
                UPDATE delivery SET state = 0, holds = 1, earlier = attempts, reason = NULL, settled_at = NULL, aged_from = NULL,
                  next_attempt_at = CASE WHEN ordering_key IS NOT NULL AND EXISTS (
                    SELECT 1 FROM delivery first INDEXED BY delivery_order
                    WHERE first.holds = 1 AND first.endpoint_id = delivery.endpoint_id
                      AND first.ordering_key = delivery.ordering_key
                      AND (first.delivery_id < delivery.delivery_id OR first.state = 1))
                  THEN NULL ELSE ?2 END
                WHERE id = ?1 AND state = 3 AND replaced_by IS NULL RETURNING endpoint_id, ordering_key
                """).Read(Bytes(id), instant),
            out var endpoint,
            out _)
            || Changed(
                // One that waits for its instant need not wait.
                session.Statement(
                    """
                    UPDATE delivery SET next_attempt_at = ?2
                    WHERE id = ?1 AND state = 0 AND next_attempt_at > ?2 RETURNING endpoint_id, ordering_key
                    """).Read(Bytes(id), instant),
                out endpoint,
                out _))
        {
            session.SignalDue(endpoint);
            return true;
        }

        return false;
    }

    public static bool Discard(SqliteSession session, Guid id, DateTimeOffset now)
    {
        if (!Changed(
            session.Statement(
                """
                UPDATE delivery SET state = 4, holds = 0, next_attempt_at = NULL, settled_at = ?2
                WHERE id = ?1 AND (state = 0 OR (state = 3 AND replaced_by IS NULL)) RETURNING endpoint_id, ordering_key
                """).Read(Bytes(id), SqliteTime.From(now)),
            out var endpoint,
            out var orderingKey))
        {
            return false;
        }

        SqliteDelivery.ReleaseNext(session, endpoint, orderingKey, now);
        return true;
    }

    private static bool Changed(SqliteDataReader rows, out long endpoint, out long? orderingKey)
    {
        using (rows)
        {
            var isChanged = rows.Read();
            endpoint = isChanged ? rows.GetInt64(0) : 0;
            orderingKey = isChanged && !rows.IsDBNull(1) ? rows.GetInt64(1) : null;
            return isChanged;
        }
    }

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);
}
