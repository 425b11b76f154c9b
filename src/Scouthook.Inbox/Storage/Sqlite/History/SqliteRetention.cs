using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Removes one chunk of expired data.</summary>
/// <remarks>
/// It follows the events in order of their sequence and stores its position. Deliveries still pending then become dead
/// letters, with that reason, so that operators see them. Events that a dead letter or a replay still needs are
/// recorded in <c>retained_event</c>, and checked again from time to time.
/// </remarks>
internal sealed class SqliteRetention(SqliteSession session, RetentionRule rule, StoreTime time)
{
    private const int MaxEvents = 100;

    private readonly GivenUpDeliveries _givenUp = new();

    /// <returns>Whether anything was processed.</returns>
    public bool RemoveEvents()
    {
        var newestPast = NewestBefore(rule.EventsBefore);
        var through = GetProgress("retention_through");
        long? dispatched = session.Endpoints.Positions.Count == 0 ? null : session.Endpoints.Positions.Values.Min();
        var processed = 0;
        foreach (var (sequence, agedFrom) in Read(
            "SELECT sequence, coalesce(aged_from, received_at) FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT ?2", through, (long)MaxEvents))
        {
            if (!RetentionRule.IsPast(StoredTime.To(agedFrom), sequence, newestPast, rule.EventsBefore)
                || !RetentionRule.MayProcess(sequence, dispatched, HasLease(sequence)))
            {
                break;
            }

            GiveUpPending(sequence, isRetained: false);
            if (!TryRemove(sequence))
            {
                session.Statement("INSERT OR IGNORE INTO retained_event (sequence) VALUES (?1)").Execute(sequence);
            }

            through = sequence;
            processed++;
        }

        SetProgress("retention_through", through);
        RaiseGivenUp();
        if (processed > 0)
        {
            // Followers see a gap rather than events that are gone.
            session.Statement(
                """
                DELETE FROM change WHERE change_id < (
                  SELECT change_id FROM change WHERE sequence IS NOT NULL AND sequence + ids > ?1 + 1 ORDER BY change_id LIMIT 1)
                """).Execute(through);
        }

        return processed > 0;
    }

    /// <summary>Checks some of the retained events, and removes dead letters past their retention.</summary>
    /// <returns>Whether more are to be checked; after the last it starts from the beginning the next time.</returns>
    public bool RemoveRetained()
    {
        var newestPast = NewestBefore(rule.DeadLettersBefore);
        var mayCorrect = rule.MayCorrect(NewestReceipt());
        var some = Read(
            """
            SELECT r.sequence, coalesce(e.aged_from, e.received_at) FROM retained_event r JOIN event e ON e.sequence = r.sequence
            WHERE r.sequence > ?1 ORDER BY r.sequence LIMIT ?2
            """,
            GetProgress("retained_through"),
            (long)MaxEvents);
        foreach (var (sequence, agedFrom) in some)
        {
            if (RetentionRule.IsPast(StoredTime.To(agedFrom), sequence, newestPast, rule.DeadLettersBefore))
            {
                GiveUpPending(sequence, isRetained: true);
            }

            if (mayCorrect)
            {
                CorrectEnd(sequence);
            }

            foreach (var (delivery, _) in Read(
                "SELECT delivery_id, 0 FROM delivery WHERE sequence = ?1 AND state = 3 AND coalesce(aged_from, settled_at) < ?2",
                sequence,
                StoredTime.From(rule.DeadLettersBefore)))
            {
                RemoveDeadLetter(delivery);
            }

            if (TryRemove(sequence))
            {
                session.Statement("DELETE FROM retained_event WHERE sequence = ?1").Execute(sequence);
            }
        }

        RaiseGivenUp();
        SetProgress("retained_through", some.Count < MaxEvents ? 0 : some[^1].Key);
        return some.Count == MaxEvents;
    }

    private long NewestBefore(DateTimeOffset limit) => session.Statement(
        """
        SELECT sequence FROM event INDEXED BY event_by_receipt
        WHERE unindexed IS NULL AND received_at < ?1 AND aged_from IS NULL ORDER BY received_at DESC, sequence DESC LIMIT 1
        """).Scalar(StoredTime.From(limit)) is long sequence ? sequence : 0;

    private DateTimeOffset? NewestReceipt() => StoredTime.To(session.Statement(
        "SELECT coalesce(aged_from, received_at) FROM event ORDER BY sequence DESC LIMIT 1").Scalar() as long?);

    private void CorrectEnd(long sequence) => session.Statement(
        """
        UPDATE delivery SET aged_from = ?2
        WHERE sequence = ?1 AND state = 3 AND coalesce(aged_from, settled_at) > ?2
        """).Execute(sequence, StoredTime.From(rule.LatestEnd));

    private bool HasLease(long sequence) =>
        session.Statement("SELECT 1 FROM delivery WHERE sequence = ?1 AND state = 1 LIMIT 1").Scalar(sequence) is not null;

    /// <param name="sequence">The event.</param>
    /// <param name="isRetained">Whether the event was retained for a dead letter or a replay.</param>
    private void GiveUpPending(long sequence, bool isRetained)
    {
        foreach (var (delivery, row) in Read(
            "SELECT delivery_id, endpoint_id FROM delivery WHERE sequence = ?1 AND state = 0", sequence))
        {
            var endpoint = session.Endpoints.Find(row);
            if (isRetained && !RetentionRule.GivesUpRetained(endpoint))
            {
                continue;
            }

            var change = DeliveryRules.GiveUp(endpoint);
            var orderingKey = session.Statement(
                """
                UPDATE delivery SET state = ?6, holds = ?4, next_attempt_at = NULL, reason = ?2, settled_at = ?3, aged_from = ?5
                WHERE delivery_id = ?1 RETURNING ordering_key
                """).Scalar(
                delivery,
                change.Reason,
                StoredTime.From(time.Now),
                change.Blocks ? 1L : 0L,
                StoredTime.AgedFrom(time.Now, time.Age),
                (long)change.State) as long?;
            SqliteDelivery.ReleaseNext(session, row, orderingKey);
            if (endpoint is not null && !IsOperational(sequence))
            {
                _givenUp.Add(endpoint, sequence);
            }
        }
    }

    private void RaiseGivenUp()
    {
        foreach (var raised in _givenUp.Raise(time.Now))
        {
            SqliteOperationalEvents.Add(session, raised);
        }
    }

    /// <summary>Returns whether Scouthook raised the event: events about events that cannot be delivered would never end.</summary>
    private bool IsOperational(long sequence) => session.Statement(
        "SELECT 1 FROM event e JOIN source s ON s.source_id = e.source_id WHERE e.sequence = ?1 AND s.name = ?2")
        .Scalar(sequence, OperationalEvent.Source) is not null;

    /// <returns><see langword="false"/> if something still needs it.</returns>
    private bool TryRemove(long sequence)
    {
        if (session.Statement(
            "SELECT 1 FROM delivery WHERE sequence = ?1 AND (state < 2 OR (state = 3 AND replaced_by IS NULL)) LIMIT 1")
            .Scalar(sequence) is not null)
        {
            return false;
        }

        foreach (var (delivery, _) in Read("SELECT delivery_id, 0 FROM delivery WHERE sequence = ?1", sequence))
        {
            RemoveDelivery(delivery);
        }

        SqliteResource.Forget(session, sequence);
        session.Statement("DELETE FROM event_body WHERE sequence = ?1").Execute(sequence);
        session.Statement("DELETE FROM event WHERE sequence = ?1").Execute(sequence);
        return true;
    }

    /// <summary>
    /// Releases the deliveries blocked behind the removed dead letter: it can no longer be retried or discarded.
    /// </summary>
    private void RemoveDeadLetter(long delivery)
    {
        long endpoint;
        long? key;
        using (var row = session.Statement("SELECT endpoint_id, ordering_key FROM delivery WHERE delivery_id = ?1").Read(delivery))
        {
            row.Read();
            endpoint = row.GetInt64(0);
            key = row.IsDBNull(1) ? null : row.GetInt64(1);
        }

        RemoveDelivery(delivery);
        SqliteDelivery.ReleaseNext(session, endpoint, key);
    }

    private void RemoveDelivery(long delivery)
    {
        session.Statement("DELETE FROM attempt WHERE delivery_id = ?1").Execute(delivery);
        session.Statement("DELETE FROM delivery WHERE delivery_id = ?1").Execute(delivery);
    }

    private List<(long Key, long Value)> Read(string sql, params ReadOnlySpan<object?> values)
    {
        var found = new List<(long, long)>();
        using var rows = session.Statement(sql).Read(values);
        while (rows.Read())
        {
            found.Add((rows.GetInt64(0), rows.GetInt64(1)));
        }

        return found;
    }

    private long GetProgress(string name) =>
        session.Statement("SELECT value FROM upkeep WHERE name = ?1").Scalar(name) is long value ? value : 0;

    private void SetProgress(string name, long value) => session.Statement(
        "INSERT INTO upkeep (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2").Execute(name, value);
}
