using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Adds the deliveries of one chunk of a replay.</summary>
internal static class SqliteReplayStep
{
    private const int MaxDeliveries = 500;

    public static bool Run(SqliteSession session, SqliteReplayRow replay, SqliteReplayChunk chunk, DateTimeOffset now)
    {
        // It may have been stopped since it was looked up.
        if (session.Statement("SELECT 1 FROM replay WHERE replay_id = ?1 AND state = 0 AND position = ?2")
            .Scalar(replay.RowId, replay.Position) is null)
        {
            return false;
        }

        var request = replay.ToRequest();
        var added = 0;
        var position = replay.Position;
        var isCut = false;
        foreach (var item in chunk.Events)
        {
            if (added >= MaxDeliveries || (added > 0 && session.ReceivingWaits))
            {
                isCut = true;
                break;
            }

            foreach (var endpoint in Endpoints(session, request, item))
            {
                added += TryAdd(session, endpoint, item, replay.RowId, request.DeadLetters, now) ? 1 : 0;
            }

            position = item.Position;
        }

        position = isCut ? position : chunk.Position;
        var isDone = position >= replay.Through;
        session.Statement(
            """
            UPDATE replay SET position = ?2, added = added + ?3, state = ?4, ended_at = ?5 WHERE replay_id = ?1
            """).Execute(
            replay.RowId,
            position,
            (long)added,
            isDone ? (long)ReplayState.Done : (long)ReplayState.Running,
            isDone ? SqliteTime.From(now) : null);
        return true;
    }

    private static IEnumerable<WebhookEndpoint> Endpoints(
        SqliteSession session, ReplayRequest request, SqliteReplayChunk.Item item)
    {
        if (request.EndpointId is { } id)
        {
            // Named explicitly, it gets the event whatever it subscribes to now.
            return session.Endpoints.Find(id) is { } endpoint ? [endpoint] : [];
        }

        return session.Endpoints.WantingName(item.EventType, item.IsOperational).Where(endpoint =>
            endpoint.State is EndpointState.Enabled
            && Subscription.MatchesContent(endpoint.Definition, (int)item.State, item.MailboxId));
    }

    private static bool TryAdd(
        SqliteSession session,
        WebhookEndpoint endpoint,
        SqliteReplayChunk.Item item,
        long replay,
        bool onlyDeadLetters,
        DateTimeOffset now)
    {
        var key = endpoint.Definition.Ordering is EndpointOrdering.None ? null : item.OrderingKey;
        var replaced = new List<long>();
        using (var rows = session.Statement(
            """
            UPDATE delivery SET holds = 0, replaced_by = -1
            WHERE sequence = ?1 AND state = 3 AND endpoint_id = ?2 AND replaced_by IS NULL RETURNING delivery_id
            """).Read(item.Sequence, endpoint.RowId))
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

        var (delivery, isDue) = SqliteDelivery.Add(session, endpoint.RowId, item.Sequence, key, now, replay);
        foreach (var deadLetter in replaced)
        {
            session.Statement("UPDATE delivery SET replaced_by = ?2 WHERE delivery_id = ?1").Execute(deadLetter, delivery);
        }

        if (isDue)
        {
            session.SignalDue(endpoint.RowId);
        }
        else if (replaced.Count > 0)
        {
            SqliteDelivery.ReleaseNext(session, endpoint.RowId, key, now);
        }

        return true;
    }
}
