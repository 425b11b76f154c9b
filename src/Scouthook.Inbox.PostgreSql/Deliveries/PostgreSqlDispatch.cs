using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Runs one round of dispatching; nodes take turns.</summary>
internal static class PostgreSqlDispatch
{
    /// <param name="session">The transaction.</param>
    /// <param name="turn">Counts the rounds.</param>
    public static DispatchOutcome Run(PostgreSqlSession session, long turn)
    {
        session.LockBulk();
        var newest = session.NewestEvent;
        var positions = session.Endpoints.Positions;
        var round = new DispatchRound(session.Endpoints.Recipients, positions, mustYield: () => false);
        var deliveries = new PostgreSqlNewDeliveries(session);
        foreach (var range in DispatchRound.Ranges(positions.Values, newest, turn))
        {
            if (round.IsOver)
            {
                break;
            }

            foreach (var step in round.Plan(range, Events(session, range)))
            {
                Take(session, step, deliveries);
            }
        }

        deliveries.Write();
        return new DispatchOutcome(round.Deliveries, positions.Values.Any(position => position < newest), round.Traced);
    }

    private static void Take(PostgreSqlSession session, DispatchStep step, PostgreSqlNewDeliveries deliveries)
    {
        switch (step)
        {
            case DispatchStep.Deliver(var endpoint, var routed):
                deliveries.Add(endpoint, routed.Sequence, routed.OrderingKeyFor(endpoint));
                break;
            case DispatchStep.AdvanceAll(var from, var to):
                session.Statement("UPDATE endpoint_position SET dispatched_through = $2 WHERE dispatched_through = $1")
                    .Execute(from, to);
                break;
            case DispatchStep.Advance(var id, var to):
                session.Statement("UPDATE endpoint_position SET dispatched_through = $2 WHERE endpoint_id = $1")
                    .Execute(session.Endpoints.RowOf(id), to);
                break;
        }
    }

    private static List<RoutedEvent> Events(PostgreSqlSession session, DispatchRange range)
    {
        var events = new List<RoutedEvent>();
        using var rows = session.Statement(
            """
            SELECT e.sequence, s.name, t.name, e.state, e.mailbox_id, e.ordering_kind, e.ordering_id,
              CASE WHEN $4 THEN (SELECT b.headers FROM event_body b WHERE b.sequence = e.sequence) END
            FROM event e JOIN source s ON s.source_id = e.source_id JOIN event_type t ON t.event_type_id = e.event_type_id
            WHERE e.sequence > $1 AND e.sequence <= $2 ORDER BY e.sequence LIMIT $3
            """).Read(range.Position, range.Through, (long)DispatchRound.MaxEvents, EventTrace.IsWanted);
        while (rows.Read())
        {
            var source = rows.GetString(1);
            events.Add(new RoutedEvent(
                rows.GetInt64(0),
                source,
                rows.GetString(2),
                (EventState)rows.GetInt64(3),
                rows.IsDBNull(4) ? null : rows.GetInt64(4),
                rows.IsDBNull(5) ? null : OrderingKey.Of(source, rows.GetInt64(5), rows.GetString(6)),
                rows.IsDBNull(7) ? null : EventTrace.Read(rows.GetString(7))));
        }

        return events;
    }
}
