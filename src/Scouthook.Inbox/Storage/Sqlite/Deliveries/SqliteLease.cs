using System.Security.Cryptography;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Leases due deliveries of one endpoint, in the order of their resources.</summary>
internal static class SqliteLease
{
    public static (List<LeasedRow> Rows, DateTimeOffset? NextDueAt) Take(
        SqliteSession session, WebhookEndpoint endpoint, int most, DateTimeOffset now, DateTimeOffset until)
    {
        var rows = new List<LeasedRow>();
        if (session.Endpoints.Find(endpoint.RowId) is not { State: EndpointState.Enabled })
        {
            return (rows, null);
        }

        var token = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        using (var leased = session.Statement(
            """
            UPDATE delivery SET state = 1, attempts = attempts + 1, lease_token = ?3, lease_until = ?4, next_attempt_at = NULL
            WHERE delivery_id IN (
              SELECT d.delivery_id FROM delivery d INDEXED BY delivery_due
              WHERE d.state = 0 AND d.endpoint_id = ?1 AND d.next_attempt_at <= ?2
                AND (d.ordering_key IS NULL OR NOT EXISTS (
                  SELECT 1 FROM delivery earlier INDEXED BY delivery_order
                  WHERE earlier.holds = 1 AND earlier.endpoint_id = d.endpoint_id
                    AND earlier.ordering_key = d.ordering_key AND earlier.delivery_id < d.delivery_id))
              ORDER BY d.next_attempt_at, d.delivery_id LIMIT ?5)
            RETURNING delivery_id, id, sequence, attempts, attempts - earlier, (SELECT r.id FROM replay r WHERE r.replay_id = delivery.replay_id)
            """).Read(endpoint.RowId, session.Waiting(now), token, session.Waiting(until), (long)most))
        {
            while (leased.Read())
            {
                rows.Add(new LeasedRow(
                    leased.GetInt64(0),
                    new Guid((byte[])leased.GetValue(1), bigEndian: true),
                    leased.GetInt64(2),
                    (int)leased.GetInt64(3),
                    (int)leased.GetInt64(4),
                    token,
                    leased.IsDBNull(5) ? null : new Guid((byte[])leased.GetValue(5), bigEndian: true)));
            }
        }

        // The rows that an update returns have no defined order.
        rows.Sort((left, right) => left.RowId.CompareTo(right.RowId));
        return (rows, NextDueAt(session, endpoint.RowId));
    }

    private static DateTimeOffset? NextDueAt(SqliteSession session, long endpoint) => session.Statement(
        """
        SELECT min(next_attempt_at) FROM delivery INDEXED BY delivery_due
        WHERE state = 0 AND next_attempt_at IS NOT NULL AND endpoint_id = ?1
        """).Scalar(endpoint) is long next ? session.FromWaiting(next) : null;

    internal readonly record struct LeasedRow(
        long RowId, Guid Id, long Sequence, int Attempt, int SinceReopened, long Token, Guid? Replay);
}
