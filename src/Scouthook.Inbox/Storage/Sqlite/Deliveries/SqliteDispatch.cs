using System.Globalization;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>
/// Runs one round of dispatching: writes deliveries for events above the endpoints' positions, and advances those.
/// </summary>
/// <remarks>
/// Endpoints that share a position move together. Most are at the end of the events; one that starts from the beginning
/// is far behind for a while. So that it blocks no other, each round serves the foremost group and one of those behind,
/// in alternating order; those behind catch up chunk by chunk until they join the next group.
/// </remarks>
internal sealed class SqliteDispatch(SqliteSession session, DateTimeOffset now)
{
    private const int MaxEvents = 500;
    private const int MaxDeliveries = 500;

    private readonly HashSet<long> _due = [];
    private int _written;

    /// <summary>The endpoints that got a due delivery.</summary>
    public IReadOnlyCollection<long> Due => _due;

    /// <param name="turn">Counts the rounds, which selects the group behind that is served.</param>
    public DispatchOutcome Run(long turn)
    {
        var newest = session.Statement("SELECT max(sequence) FROM event").Scalar() is long value ? value : 0;
        var groups = session.Endpoints.Positions.Values.Distinct().Where(position => position < newest).Order().ToList();
        if (groups.Count == 0)
        {
            return new DispatchOutcome(0, IsMoreToDo: false);
        }

        // The foremost group moves up to the newest event; one behind at most to the next group, which it then joins.
        var behind = groups.Count > 1 ? (int)(turn / 2 % (groups.Count - 1)) : 0;
        int[] served = turn % 2 == 0 || groups.Count == 1 ? [groups.Count - 1, behind] : [behind, groups.Count - 1];
        foreach (var group in served.Distinct())
        {
            if (!IsEnough())
            {
                Advance(groups[group], group == groups.Count - 1 ? newest : groups[group + 1]);
            }
        }

        return new DispatchOutcome(
            _written, session.Endpoints.Positions.Values.Any(position => position < newest));
    }

    private void Advance(long position, long most)
    {
        var through = position;
        var events = Events(position, most);
        foreach (var stored in events)
        {
            var wanting = session.Endpoints.WantingName(stored.EventType, stored.IsOperational);
            var given = new List<long>();
            foreach (var endpoint in wanting)
            {
                // Those that got this event in an earlier round are already at its position.
                if (session.Endpoints.Positions[endpoint.RowId] != position
                    || !Subscription.MatchesContent(endpoint.Definition, stored.State, stored.MailboxId))
                {
                    continue;
                }

                if (IsEnough())
                {
                    // Not all that subscribe to it have it yet: they move one by one, and the others in their round.
                    MoveAll(position, through);
                    MoveOneByOne(given, stored.Sequence);
                    return;
                }

                Add(endpoint, stored);
                given.Add(endpoint.RowId);
            }

            through = stored.Sequence;
            if (IsEnough() && stored != events[^1])
            {
                MoveAll(position, through);
                return;
            }
        }

        // Where retention has left a gap, no event is at the end of the window.
        MoveAll(position, events.Count < MaxEvents ? most : through);
    }

    /// <summary>Returns whether to stop: the round is full, or requests wait and something was done.</summary>
    private bool IsEnough() => _written >= MaxDeliveries || (_written > 0 && session.ReceivingWaits);

    private List<DispatchedEvent> Events(long above, long through)
    {
        var events = new List<DispatchedEvent>();
        using var rows = session.Statement(
            """
            SELECT e.sequence, s.name, t.name, e.state, e.mailbox_id, e.ordering_kind, e.ordering_id
            FROM event e JOIN source s ON s.source_id = e.source_id JOIN event_type t ON t.event_type_id = e.event_type_id
            WHERE e.sequence > ?1 AND e.sequence <= ?2 ORDER BY e.sequence LIMIT ?3
            """).Read(above, through, (long)MaxEvents);
        while (rows.Read())
        {
            var source = rows.GetString(1);
            events.Add(new DispatchedEvent(
                rows.GetInt64(0),
                rows.GetString(2),
                source == OperationalEvent.Source,
                (int)rows.GetInt64(3),
                rows.IsDBNull(4) ? null : rows.GetInt64(4),
                rows.IsDBNull(5)
                    ? null
                    : OrderingKey.Of(
                        source, rows.GetInt64(5), Convert.ToString(rows.GetValue(6), CultureInfo.InvariantCulture)!)));
        }

        return events;
    }

    private void Add(WebhookEndpoint endpoint, DispatchedEvent stored)
    {
        var key = endpoint.Definition.Ordering is EndpointOrdering.None ? null : stored.OrderingKey;
        if (SqliteDelivery.Add(session, endpoint.RowId, stored.Sequence, key, now, replay: null).IsDue)
        {
            _due.Add(endpoint.RowId);
        }

        _written++;
    }

    private void MoveAll(long from, long to)
    {
        if (to == from)
        {
            return;
        }

        session.Statement("UPDATE endpoint_position SET dispatched_through = ?2 WHERE dispatched_through = ?1")
            .Execute(from, to);
        var positions = session.Endpoints.Positions;
        foreach (var key in positions.Keys)
        {
            if (positions[key] == from)
            {
                positions[key] = to;
            }
        }
    }

    private void MoveOneByOne(List<long> keys, long to)
    {
        foreach (var key in keys)
        {
            session.Statement("UPDATE endpoint_position SET dispatched_through = ?2 WHERE endpoint_id = ?1")
                .Execute(key, to);
            session.Endpoints.Positions[key] = to;
        }
    }

    private readonly record struct DispatchedEvent(
        long Sequence, string EventType, bool IsOperational, int State, long? MailboxId, long? OrderingKey);
}
