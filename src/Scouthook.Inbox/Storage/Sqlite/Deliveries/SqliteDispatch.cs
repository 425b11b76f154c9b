using System.Globalization;
using Scouthook.Events;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Runs one round of dispatching.</summary>
internal static class SqliteDispatch
{
    /// <param name="session">The transaction.</param>
    /// <param name="turn">Counts the rounds.</param>
    public static DispatchOutcome Run(SqliteSession session, long turn)
    {
        var newest = session.NewestEvent;
        var positions = session.Endpoints.Positions;
        var round = new DispatchRound(session.Endpoints.Recipients, positions, () => session.MustYield);
        var time = session.Time;
        foreach (var range in DispatchRound.Ranges(positions.Values, newest, turn))
        {
            if (round.IsOver)
            {
                break;
            }

            foreach (var step in round.Plan(range, Events(session, range)))
            {
                Take(session, step, time);
            }
        }

        return new DispatchOutcome(round.Deliveries, positions.Values.Any(position => position < newest), round.Traced);
    }

    private static void Take(SqliteSession session, DispatchStep step, StoreTime time)
    {
        switch (step)
        {
            case DispatchStep.Deliver(var endpoint, var routed):
                var row = session.Endpoints.RowOf(endpoint.Id)!.Value;
                if (SqliteDelivery.Add(session, row, routed.Sequence, routed.OrderingKeyFor(endpoint), time, replay: null).IsDue)
                {
                    session.SignalDue(endpoint.Id);
                }

                break;
            case DispatchStep.AdvanceAll(var from, var to):
                session.Statement("UPDATE endpoint_position SET dispatched_through = ?2 WHERE dispatched_through = ?1")
                    .Execute(from, to);
                break;
            case DispatchStep.Advance(var id, var to):
                session.Statement("UPDATE endpoint_position SET dispatched_through = ?2 WHERE endpoint_id = ?1")
                    .Execute(session.Endpoints.RowOf(id), to);
                break;
        }
    }

    private static List<RoutedEvent> Events(SqliteSession session, DispatchRange range)
    {
        var events = new List<RoutedEvent>();
        using var rows = session.Statement(
            """
            SELECT e.sequence, s.name, t.name, e.state, e.mailbox_id, e.ordering_kind, e.ordering_id,
              CASE WHEN ?4 THEN (SELECT b.headers FROM event_body b WHERE b.sequence = e.sequence) END
            FROM event e JOIN source s ON s.source_id = e.source_id JOIN event_type t ON t.event_type_id = e.event_type_id
            WHERE e.sequence > ?1 AND e.sequence <= ?2 ORDER BY e.sequence LIMIT ?3
            """).Read(range.Position, range.Through, (long)DispatchRound.MaxEvents, EventTrace.IsWanted ? 1L : 0L);
        while (rows.Read())
        {
            var source = rows.GetString(1);
            events.Add(new RoutedEvent(
                rows.GetInt64(0),
                source,
                rows.GetString(2),
                (EventState)rows.GetInt64(3),
                rows.IsDBNull(4) ? null : rows.GetInt64(4),
                rows.IsDBNull(5)
                    ? null
                    : OrderingKey.Of(
                        source, rows.GetInt64(5), Convert.ToString(rows.GetValue(6), CultureInfo.InvariantCulture)!),
                rows.IsDBNull(7) ? null : EventTrace.Read(rows.GetString(7))));
        }

        return events;
    }
}
