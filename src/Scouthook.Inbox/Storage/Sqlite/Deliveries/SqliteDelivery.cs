using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Changes single rows of <c>delivery</c>, so that the order of a resource is decided in one place.</summary>
/// <remarks>
/// <c>holds = 1</c> marks the rows that later deliveries of the same key wait for: all pending or leased ones, and the
/// dead letters of a strict endpoint. Of those, only the earliest has an instant in <c>next_attempt_at</c>; the others
/// get theirs when it no longer blocks them. The leasing statement checks the order by itself, so a superfluous instant
/// does no harm.
/// </remarks>
internal static class SqliteDelivery
{
    /// <summary>Adds a delivery behind all others.</summary>
    /// <returns>Its row number, and whether it may be attempted at once.</returns>
    public static (long RowId, bool IsDue) Add(
        SqliteSession session, long endpoint, long sequence, long? orderingKey, StoreTime time, long? replay)
    {
        var waits = orderingKey is not null && session.Statement(
            "SELECT 1 FROM delivery INDEXED BY delivery_order WHERE holds = 1 AND endpoint_id = ?1 AND ordering_key = ?2 LIMIT 1")
            .Scalar(endpoint, orderingKey) is not null;
        session.Statement(
            """
            INSERT INTO delivery (
              id, endpoint_id, sequence, ordering_key, state, holds, next_attempt_at, replay_id, created_at)
            VALUES (?1, ?2, ?3, ?4, 0, 1, ?5, ?6, ?7)
            """).Execute(
            TimeOrderedId.At(time.Now).ToByteArray(bigEndian: true),
            endpoint,
            sequence,
            orderingKey,
            waits ? null : StoredTime.From(time.Steady),
            replay,
            StoredTime.From(time.Now));
        return (session.LastSequence, !waits);
    }

    /// <summary>Makes some pending deliveries of an endpoint due now; the oldest are attempted first.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="restartsSchedule">
    /// Whether the retry schedule restarts, as when an operator asks for an attempt: attempts requested during an
    /// outage must not use up the later ones.
    /// </param>
    /// <returns>Whether there may be more.</returns>
    public static bool MakeSomeDue(SqliteSession session, long endpoint, bool restartsSchedule) =>
        Pull(session, endpoint, session.Statement(
            """
            UPDATE delivery SET next_attempt_at = min(created_at, ?2), earlier = iif(?3, attempts, earlier)
            WHERE delivery_id IN (
              SELECT delivery_id FROM delivery INDEXED BY delivery_due
              WHERE state = 0 AND endpoint_id = ?1 AND next_attempt_at > ?2 LIMIT 500)
            """).Execute(endpoint, StoredTime.From(session.Time.Steady), restartsSchedule ? 1L : 0L)) == 500;

    /// <summary>Makes some of the deliveries due that would wait longer than the maximum.</summary>
    /// <returns>Their number, at most 500.</returns>
    public static int PullSomeBack(SqliteSession session, long endpoint, TimeSpan longest)
    {
        var now = session.Time.Steady;
        return Pull(session, endpoint, session.Statement(
            """
            UPDATE delivery SET next_attempt_at = ?2
            WHERE delivery_id IN (
              SELECT delivery_id FROM delivery INDEXED BY delivery_due
              WHERE state = 0 AND endpoint_id = ?1 AND next_attempt_at > ?3 LIMIT 500)
            """).Execute(endpoint, StoredTime.From(now), StoredTime.From(now + longest)));
    }

    /// <summary>Discards some of the pending deliveries of a deleted endpoint; its dead letters stay, and block nothing more.</summary>
    /// <returns>Whether there may be more.</returns>
    public static bool DiscardSome(SqliteSession session, long endpoint) => session.Statement(
        """
        UPDATE delivery SET state = iif(state = 3, 3, 4), holds = 0, next_attempt_at = NULL, settled_at = iif(state = 3, settled_at, ?2)
        WHERE delivery_id IN (
          SELECT delivery_id FROM delivery INDEXED BY delivery_order
          WHERE holds = 1 AND endpoint_id = ?1 AND state <> 1 LIMIT 500)
        """).Execute(endpoint, StoredTime.From(session.Time.Now)) > 0;

    /// <summary>Lets the earliest blocking delivery be attempted, if it was waiting for its turn.</summary>
    public static void ReleaseNext(SqliteSession session, long endpoint, long? orderingKey)
    {
        if (orderingKey is null)
        {
            return;
        }

        var released = session.Statement(
            """
            UPDATE delivery SET next_attempt_at = ?3
            WHERE delivery_id = (
              SELECT delivery_id FROM delivery INDEXED BY delivery_order
              WHERE holds = 1 AND endpoint_id = ?1 AND ordering_key = ?2 ORDER BY delivery_id LIMIT 1)
            AND state = 0 AND next_attempt_at IS NULL
            """).Execute(endpoint, orderingKey, StoredTime.From(session.Time.Steady));
        if (released > 0)
        {
            SignalDue(session, endpoint);
        }
    }

    /// <summary>Lets the deliveries behind the dead letters of an endpoint be attempted.</summary>
    public static void UnblockDeadLetters(SqliteSession session, long endpoint)
    {
        var keys = new HashSet<long>();
        using (var rows = session.Statement(
            """
            UPDATE delivery SET holds = 0
            WHERE endpoint_id = ?1 AND state = 3 AND holds = 1 AND ordering_key IS NOT NULL RETURNING ordering_key
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
    public static void SignalDue(SqliteSession session, long endpoint)
    {
        if (session.Endpoints.Find(endpoint) is { } found)
        {
            session.SignalDue(found.Id);
        }
    }

    private static int Pull(SqliteSession session, long endpoint, int pulled)
    {
        if (pulled > 0)
        {
            SignalDue(session, endpoint);
        }

        return pulled;
    }
}
