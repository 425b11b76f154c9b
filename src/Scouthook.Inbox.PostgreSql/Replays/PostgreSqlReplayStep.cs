using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Adds the deliveries of one chunk of a replay.</summary>
internal static class PostgreSqlReplayStep
{
    public static bool Run(PostgreSqlSession session, ReplayRow replay, ReplayChunk chunk)
    {
        session.LockBulk();

        // It may have been stopped, or carried on by another node, since it was looked up.
        if (session.Statement("SELECT 1 FROM replay WHERE replay_id = $1 AND state = 0 AND position = $2 FOR UPDATE")
            .Scalar(replay.RowId, replay.Position) is null)
        {
            return false;
        }

        var request = replay.Request;
        var time = session.Time;
        var (added, position) = chunk.AddTo(
            replay,
            routed => session.Endpoints.Recipients.OfReplay(request, routed)
                .Count(endpoint => TryAdd(session, endpoint, routed, replay.RowId, request.DeadLetters)),
            mustYield: () => false);
        var isDone = position >= replay.Through;
        session.Statement(
            """
            UPDATE replay SET position = $2, added = added + $3, state = $4, ended_at = $5 WHERE replay_id = $1
            """).Execute(
            replay.RowId,
            position,
            added,
            isDone ? (long)ReplayState.Done : (long)ReplayState.Running,
            isDone ? StoredTime.From(time.Now) : null);
        return true;
    }

    private static bool TryAdd(
        PostgreSqlSession session,
        WebhookEndpoint endpoint,
        RoutedEvent routed,
        long replay,
        bool onlyDeadLetters)
    {
        var row = session.Endpoints.RowOf(endpoint.Id)!.Value;
        var key = routed.OrderingKeyFor(endpoint);
        session.LockDeliveries(row);
        var replaced = new List<long>();
        using (var rows = session.Statement(
            """
            UPDATE delivery SET holds = false, replaced_by = -1
            WHERE sequence = $1 AND state = 3 AND endpoint_id = $2 AND replaced_by IS NULL RETURNING delivery_id
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

        var deliveries = new PostgreSqlNewDeliveries(session, replay);
        deliveries.Add(endpoint, routed.Sequence, key);
        var (delivery, isDue) = deliveries.Write()[0];
        foreach (var deadLetter in replaced)
        {
            session.Statement("UPDATE delivery SET replaced_by = $2 WHERE delivery_id = $1").Execute(deadLetter, delivery);
        }

        if (!isDue && replaced.Count > 0)
        {
            PostgreSqlDelivery.ReleaseNext(session, row, key);
        }

        return true;
    }
}
