using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Removes one chunk of what has passed its time.</summary>
/// <remarks>
/// It follows the events in the order of their sequence and remembers how far it came. What is still owed then becomes a
/// dead letter, with that reason, so that somebody sees it. Events that a dead letter or a replay still needs are noted
/// in <c>retained_event</c>, and checked again from time to time. How old something is, the age clock says. A stamp from
/// the future holds nothing up: an event counts as no younger than those stored after it.
/// </remarks>
internal sealed class SqliteRetention(SqliteSession session, DateTimeOffset now, DateTimeOffset age)
{
    private const int MaxEvents = 100;
    private const string Reason = "It was still pending when retention removed its event.";

    private readonly Dictionary<long, GivenUp> _givenUp = [];

    /// <returns>Whether anything passed.</returns>
    public bool RemoveEvents(TimeSpan retention)
    {
        var cutoff = SqliteTime.From(age - retention);
        var old = NewestOld(cutoff);
        var through = Upkeep("retention_through");

        // An event that some endpoint was not yet given must not go, however old.
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

        SetUpkeep("retention_through", through);
        TellOfGivenUp();
        if (passed > 0)
        {
            // Followers are told of a gap rather than of events that are gone.
            session.Statement(
                """
                DELETE FROM change WHERE change_id < (
                  SELECT change_id FROM change WHERE sequence IS NOT NULL AND sequence + ids > ?1 + 1 ORDER BY change_id LIMIT 1)
                """).Execute(through);
        }

        return passed > 0;
    }

    /// <summary>Looks at some of the events that were left, and removes dead letters past their time.</summary>
    /// <returns>Whether there are more to look at; at the end it begins anew the next time.</returns>
    public bool RemoveRetained(TimeSpan deadLetters)
    {
        var cutoff = SqliteTime.From(age - deadLetters);
        var old = NewestOld(cutoff);
        var mayPullBack = NewestStamp() <= SqliteTime.From(now);
        var looked = Upkeep("retained_through");
        var some = Read<long>(
            """
            SELECT r.sequence, coalesce(e.aged_from, e.received_at) FROM retained_event r JOIN event e ON e.sequence = r.sequence
            WHERE r.sequence > ?1 ORDER BY r.sequence LIMIT ?2
            """,
            looked,
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

        TellOfGivenUp();
        SetUpkeep("retained_through", some.Count < MaxEvents ? 0 : some[^1].Key);
        return some.Count == MaxEvents;
    }

    /// <summary>The newest event that is old: whatever was stored before it is old too, however it is stamped.</summary>
    private long NewestOld(long cutoff) => session.Statement(
        """
        SELECT sequence FROM event INDEXED BY event_by_receipt
        WHERE received_at < ?1 AND aged_from IS NULL ORDER BY received_at DESC, sequence DESC LIMIT 1
        """).Scalar(cutoff) is long sequence ? sequence : 0;

    private long NewestStamp() => session.Statement(
        "SELECT coalesce(aged_from, received_at) FROM event ORDER BY sequence DESC LIMIT 1").Scalar() is long stamp ? stamp : 0;

    /// <summary>
    /// A dead letter from the future became one while the clock was wrong: it counts from now on. Not while the clock is
    /// behind what is stored: then the clock is what is wrong.
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
    /// Leave those alone that the schedule brings to an end: only at an endpoint that is paused or disabled would a
    /// delivery that somebody re-opened stay, and its event with it, for ever.
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

            // News of news that cannot be delivered would never end.
            if (endpoint is not null && !IsOperational(sequence))
            {
                var before = _givenUp.GetValueOrDefault(key);
                _givenUp[key] = new GivenUp(before.Count + 1, before.Count == 0 ? sequence : before.First, sequence);
            }
        }
    }

    /// <summary>One event for all that an endpoint loses in this chunk: one that was away for long is owed much.</summary>
    private void TellOfGivenUp()
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

    /// <returns><see langword="false"/>: something still needs it.</returns>
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

    /// <summary>What a dead letter of a strict endpoint held goes on: nobody can retry or discard it any more.</summary>
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

    private long Upkeep(string name) =>
        session.Statement("SELECT value FROM upkeep WHERE name = ?1").Scalar(name) is long value ? value : 0;

    private void SetUpkeep(string name, long value) => session.Statement(
        "INSERT INTO upkeep (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2").Execute(name, value);

    private readonly record struct GivenUp(int Count, long First, long Last);
}
