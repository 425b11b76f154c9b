using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Removes one chunk of expired data.</summary>
/// <remarks>
/// It follows the events in order of their sequence and stores its position. Deliveries still pending then become dead
/// letters, with that reason, so that operators see them. Events that a dead letter or a replay still needs are
/// recorded in <c>retained_event</c>, and checked again from time to time. Ages are those of the age clock. A timestamp
/// from the future blocks nothing: an event counts as no younger than those stored after it.
/// </remarks>
internal sealed class SqliteRetention(SqliteSession session, DateTimeOffset now, DateTimeOffset age)
{
    private const int MaxEvents = 100;
    private const string Reason = "It was still pending when retention removed its event.";

    private readonly Dictionary<long, GivenUp> _givenUp = [];

    /// <returns>Whether anything was processed.</returns>
    public bool RemoveEvents(TimeSpan retention)
    {
        var cutoff = SqliteTime.From(age - retention);
        var old = NewestOld(cutoff);
        var through = GetProgress("retention_through");

        // An event that has not been dispatched to some endpoint must not be removed, however old.
        var dispatched = session.Endpoints.Positions.Count == 0 ? long.MaxValue : session.Endpoints.Positions.Values.Min();
        var passed = 0;
        foreach (var (sequence, agedFrom) in Read<long>(
            "SELECT sequence, coalesce(aged_from, received_at) FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT ?2", through, (long)MaxEvents))
        {
            if ((agedFrom >= cutoff && sequence > old) || sequence > dispatched || HasLease(sequence))
            {
                break;
            }

            GiveUpPending(sequence, onlyAtRest: false);
            if (!TryRemove(sequence))
            {
                session.Statement("INSERT OR IGNORE INTO retained_event (sequence) VALUES (?1)").Execute(sequence);
            }

            through = sequence;
            passed++;
        }

        SetProgress("retention_through", through);
        RaiseGivenUp();
        if (passed > 0)
        {
            // Followers see a gap rather than events that are gone.
            session.Statement(
                """
                DELETE FROM change WHERE change_id < (
                  SELECT change_id FROM change WHERE sequence IS NOT NULL AND sequence + ids > ?1 + 1 ORDER BY change_id LIMIT 1)
                """).Execute(through);
        }

        return passed > 0;
    }

    /// <summary>Checks some of the retained events, and removes dead letters past their retention.</summary>
    /// <returns>Whether more are to be checked; after the last it starts from the beginning the next time.</returns>
    public bool RemoveRetained(TimeSpan deadLetters)
    {
        var cutoff = SqliteTime.From(age - deadLetters);
        var old = NewestOld(cutoff);
        var mayPullBack = NewestStamp() <= SqliteTime.From(now);
        var checkedThrough = GetProgress("retained_through");
        var some = Read<long>(
            """
            SELECT r.sequence, coalesce(e.aged_from, e.received_at) FROM retained_event r JOIN event e ON e.sequence = r.sequence
            WHERE r.sequence > ?1 ORDER BY r.sequence LIMIT ?2
            """,
            checkedThrough,
            (long)MaxEvents);
        foreach (var (sequence, agedFrom) in some)
        {
            if (agedFrom < cutoff || sequence <= old)
            {
                GiveUpPending(sequence, onlyAtRest: true);
            }

            if (mayPullBack)
            {
                PullBack(sequence);
            }

            foreach (var (delivery, _) in Read<long>(
                "SELECT delivery_id, 0 FROM delivery WHERE sequence = ?1 AND state = 3 AND coalesce(aged_from, settled_at) < ?2",
                sequence,
                cutoff))
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

    /// <summary>Returns the newest old event: everything stored before it is old too, whatever its timestamp.</summary>
    private long NewestOld(long cutoff) => session.Statement(
        """
        SELECT sequence FROM event INDEXED BY event_by_receipt
        WHERE received_at < ?1 AND aged_from IS NULL ORDER BY received_at DESC, sequence DESC LIMIT 1
        """).Scalar(cutoff) is long sequence ? sequence : 0;

    private long NewestStamp() => session.Statement(
        "SELECT coalesce(aged_from, received_at) FROM event ORDER BY sequence DESC LIMIT 1").Scalar() is long stamp ? stamp : 0;

    /// <summary>
    /// A dead letter from the future became one while the clock was wrong: its retention starts now. Not while the
    /// clock is behind the newest stored event: then the clock is wrong now.
    /// </summary>
    private void PullBack(long sequence) => session.Statement(
        """
        UPDATE delivery SET aged_from = ?2
        WHERE sequence = ?1 AND state = 3 AND coalesce(aged_from, settled_at) > ?2
        """).Execute(sequence, SqliteTime.From(now > age ? now : age));

    private bool HasLease(long sequence) =>
        session.Statement("SELECT 1 FROM delivery WHERE sequence = ?1 AND state = 1 LIMIT 1").Scalar(sequence) is not null;

    /// <param name="sequence">The event.</param>
    /// <param name="onlyAtRest">
    /// Skip those that the schedule will finish: only at a paused or disabled endpoint would a reopened delivery, and
    /// its event, stay forever.
    /// </param>
    private void GiveUpPending(long sequence, bool onlyAtRest)
    {
        foreach (var (delivery, key) in Read<long>(
            "SELECT delivery_id, endpoint_id FROM delivery WHERE sequence = ?1 AND state = 0", sequence))
        {
            var endpoint = session.Endpoints.Find(key);
            if (onlyAtRest && endpoint is { State: EndpointState.Enabled })
            {
                continue;
            }

            var holds = endpoint is { Definition.Ordering: EndpointOrdering.Strict };
            var orderingKey = session.Statement(
                """
                UPDATE delivery SET state = 3, holds = ?4, next_attempt_at = NULL, reason = ?2, settled_at = ?3, aged_from = ?5
                WHERE delivery_id = ?1 RETURNING ordering_key
                """).Scalar(delivery, Reason, SqliteTime.From(now), holds ? 1L : 0L, SqliteTime.AgedFrom(now, age)) as long?;
            SqliteDelivery.ReleaseNext(session, key, orderingKey, now);

            // Events about events that cannot be delivered would never end.
            if (endpoint is not null && !IsOperational(sequence))
            {
                var before = _givenUp.GetValueOrDefault(key);
                _givenUp[key] = new GivenUp(before.Count + 1, before.Count == 0 ? sequence : before.First, sequence);
            }
        }
    }

    /// <summary>
    /// Raises one event for all deliveries that an endpoint loses in this chunk, as there may be many after a long
    /// outage.
    /// </summary>
    private void RaiseGivenUp()
    {
        foreach (var (key, given) in _givenUp)
        {
            var endpoint = session.Endpoints.Find(key)!;
            var what = given.Count == 1 ? "A delivery" : string.Create(CultureInfo.InvariantCulture, $"{given.Count} deliveries");
            SqliteOperationalEvents.Add(session, OperationalEvent.Create(
                OperationalEvent.DeadLettered,
                $"{what} to {endpoint.Name} {(given.Count == 1 ? "was" : "were")} given up: {Reason}",
                new JsonObject
                {
                    ["endpoint"] = OperationalFacts.Of(endpoint),
                    ["deliveries"] = new JsonObject
                    {
                        ["count"] = given.Count,
                        ["firstSequence"] = given.First,
                        ["lastSequence"] = given.Last,
                    },
                    ["reason"] = Reason,
                },
                now));
        }

        _givenUp.Clear();
    }

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

        foreach (var (delivery, _) in Read<long>("SELECT delivery_id, 0 FROM delivery WHERE sequence = ?1", sequence))
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
        SqliteDelivery.ReleaseNext(session, endpoint, key, now);
    }

    private void RemoveDelivery(long delivery)
    {
        session.Statement("DELETE FROM attempt WHERE delivery_id = ?1").Execute(delivery);
        session.Statement("DELETE FROM delivery WHERE delivery_id = ?1").Execute(delivery);
    }

    private List<(long Key, T Value)> Read<T>(string sql, params ReadOnlySpan<object?> values)
    {
        var found = new List<(long, T)>();
        using var rows = session.Statement(sql).Read(values);
        while (rows.Read())
        {
            found.Add((rows.GetInt64(0), rows.GetFieldValue<T>(1)));
        }

        return found;
    }

    private long GetProgress(string name) =>
        session.Statement("SELECT value FROM upkeep WHERE name = ?1").Scalar(name) is long value ? value : 0;

    private void SetProgress(string name, long value) => session.Statement(
        "INSERT INTO upkeep (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2").Execute(name, value);

    private readonly record struct GivenUp(int Count, long First, long Last);
}
