using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Adds the deliveries of one chunk of a replay.</summary>
internal static class SqliteReplayStep
{
    public static bool Run(SqliteSession session, ReplayRow replay, ReplayChunk chunk)
    {
        // It may have been stopped since it was looked up.
        if (session.Statement("SELECT 1 FROM replay WHERE replay_id = ?1 AND state = 0 AND position = ?2")
            .Scalar(replay.RowId, replay.Position) is null)
        {
            return false;
        }

        var request = replay.Request;
        var time = session.Time;
        var (added, position) = chunk.AddTo(
            replay,
            routed => session.Endpoints.Recipients.OfReplay(request, routed)
                .Count(endpoint => TryAdd(session, endpoint, routed, replay.RowId, request.DeadLetters, time)),
            mustYield: () => session.MustYield);
        var isDone = position >= replay.Through;
        session.Statement(
            """
            UPDATE replay SET position = ?2, added = added + ?3, state = ?4, ended_at = ?5 WHERE replay_id = ?1
            """).Execute(
            replay.RowId,
            position,
            added,
            isDone ? (long)ReplayState.Done : (long)ReplayState.Running,
            isDone ? StoredTime.From(time.Now) : null);
        return true;
    }

    private static bool TryAdd(
        SqliteSession session,
        WebhookEndpoint endpoint,
        RoutedEvent routed,
        long replay,
        bool onlyDeadLetters,
        StoreTime time)
    {
        var row = session.Endpoints.RowOf(endpoint.Id)!.Value;
        var key = routed.OrderingKeyFor(endpoint);
        var replaced = new List<long>();
        using (var rows = session.Statement(
            """
            UPDATE delivery SET holds = 0, replaced_by = -1
            WHERE sequence = ?1 AND state = 3 AND endpoint_id = ?2 AND replaced_by IS NULL RETURNING delivery_id
            """).Read(routed.Sequence, row))
        {
            while (rows.Read())
            {
                replaced.Add(rows.GetInt64(0));
            }
        }

        if (onlyDeadLetters && replaced.Count == 0)
        {
            // Since the look-up, it was handled otherwise, or another dead letter of the event replaced both.
            return false;
        }

        var (delivery, isDue) = SqliteDelivery.Add(session, row, routed.Sequence, key, time, replay);
        foreach (var deadLetter in replaced)
        {
            session.Statement("UPDATE delivery SET replaced_by = ?2 WHERE delivery_id = ?1").Execute(deadLetter, delivery);
        }

        if (isDue)
        {
            session.SignalDue(endpoint.Id);
        }
        else if (replaced.Count > 0)
        {
            SqliteDelivery.ReleaseNext(session, row, key);
        }

        return true;
    }
}
