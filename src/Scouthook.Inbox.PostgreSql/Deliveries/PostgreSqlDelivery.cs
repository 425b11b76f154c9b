using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Changes single rows of <c>delivery</c>, so that the order of a resource is decided in one place.</summary>
/// <remarks>
/// <c>holds</c> marks the rows that later deliveries of the same key wait for: all pending or leased ones, and the
/// dead letters of a strict endpoint. Of those, only the earliest has an instant in <c>next_attempt_at</c>; the others
/// get theirs when it no longer blocks them. The leasing statement checks the order by itself, so a superfluous instant
/// does no harm. Where a statement changes what a query has found, it checks the condition again: another transaction may
/// have changed the row in between.
/// </remarks>
internal static class PostgreSqlDelivery
{
    /// <summary>Makes some pending deliveries of an endpoint due now; the oldest are attempted first.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="restartsSchedule">
    /// Whether the retry schedule restarts, as when an operator asks for an attempt: attempts requested during an
    /// outage must not use up the later ones.
    /// </param>
    /// <returns>Whether there may be more.</returns>
    public static bool MakeSomeDue(PostgreSqlSession session, long endpoint, bool restartsSchedule) =>
        Pull(session, endpoint, session.Statement(
            """
            UPDATE delivery SET next_attempt_at = least(created_at, $2), earlier = CASE WHEN $3 THEN attempts ELSE earlier END
            WHERE delivery_id IN (
              SELECT delivery_id FROM delivery
              WHERE state = 0 AND endpoint_id = $1 AND next_attempt_at > $2 LIMIT 500)
            AND state = 0
            """).Execute(endpoint, StoredTime.From(session.Time.Steady), restartsSchedule)) == 500;

    /// <summary>Makes some of the deliveries due that would wait longer than the maximum.</summary>
    /// <returns>Their number, at most 500.</returns>
    public static int PullSomeBack(PostgreSqlSession session, long endpoint, TimeSpan longest)
    {
        var now = session.Time.Steady;
        return Pull(session, endpoint, session.Statement(
            """
            UPDATE delivery SET next_attempt_at = $2
            WHERE delivery_id IN (
              SELECT delivery_id FROM delivery
              WHERE state = 0 AND endpoint_id = $1 AND next_attempt_at > $3 LIMIT 500)
            AND state = 0
            """).Execute(endpoint, StoredTime.From(now), StoredTime.From(now + longest)));
    }

    /// <summary>Discards some of the pending deliveries of a deleted endpoint; its dead letters stay, and block nothing more.</summary>
    /// <returns>Whether there may be more.</returns>
    public static bool DiscardSome(PostgreSqlSession session, long endpoint) => session.Statement(
        """
        UPDATE delivery SET state = CASE WHEN state = 3 THEN 3 ELSE 4 END, holds = false, next_attempt_at = NULL,
          settled_at = CASE WHEN state = 3 THEN settled_at ELSE $2 END
        WHERE delivery_id IN (
          SELECT delivery_id FROM delivery
          WHERE holds AND endpoint_id = $1 AND state <> 1 LIMIT 500)
        AND holds AND state <> 1
        """).Execute(endpoint, StoredTime.From(session.Time.Now)) > 0;

    /// <summary>Lets the earliest blocking delivery be attempted, if it was waiting for its turn.</summary>
    public static void ReleaseNext(PostgreSqlSession session, long endpoint, long? orderingKey)
    {
        var isReleased = false;
        var batch = session.Batch();
        ReleaseNext(session, batch, endpoint, orderingKey, () => isReleased = true);
        batch.Execute();
        if (isReleased)
        {
            SignalDue(session, endpoint);
        }
    }

    /// <summary>Does the same together with other statements, but leaves it to the caller to signal the worker.</summary>
    public static void ReleaseNext(
        PostgreSqlSession session, PostgreSqlBatch batch, long endpoint, long? orderingKey, Action onReleased)
    {
        if (orderingKey is null)
        {
            return;
        }

        batch.Add(
            rows =>
            {
                if (rows.Read())
                {
                    onReleased();
                }
            },
            """
            UPDATE delivery SET next_attempt_at = $3
            WHERE delivery_id = (
              SELECT delivery_id FROM delivery
              WHERE holds AND endpoint_id = $1 AND ordering_key = $2 ORDER BY delivery_id LIMIT 1)
            AND state = 0 AND next_attempt_at IS NULL RETURNING delivery_id
            """,
            endpoint,
            orderingKey,
            StoredTime.From(session.Time.Steady));
    }

    /// <summary>Lets the deliveries behind the dead letters of an endpoint be attempted.</summary>
    public static void UnblockDeadLetters(PostgreSqlSession session, long endpoint)
    {
        var keys = new HashSet<long>();
        using (var rows = session.Statement(
            """
            UPDATE delivery SET holds = false
            WHERE endpoint_id = $1 AND state = 3 AND holds AND ordering_key IS NOT NULL RETURNING ordering_key
            """).Read(endpoint))
        {
            while (rows.Read())
            {
                keys.Add(rows.GetInt64(0));
            }
        }

        foreach (var key in keys)
        {
            ReleaseNext(session, endpoint, key);
        }
    }

    /// <summary>Signals the worker of an endpoint, if it has one.</summary>
    public static void SignalDue(PostgreSqlSession session, long endpoint)
    {
        if (session.Endpoints.Find(endpoint) is { } found)
        {
            session.SignalDue(found.Id);
        }
    }

    private static int Pull(PostgreSqlSession session, long endpoint, int pulled)
    {
        if (pulled > 0)
        {
            SignalDue(session, endpoint);
        }

        return pulled;
    }
}
