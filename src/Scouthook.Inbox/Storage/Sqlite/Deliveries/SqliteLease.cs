using System.Security.Cryptography;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Leases due deliveries of one endpoint, in the order of their resources.</summary>
internal static class SqliteLease
{
    public static SqliteLeases Take(SqliteSession session, Guid endpointId, int max, int started, TimeSpan duration)
    {
        if (session.Endpoints.Find(endpointId) is not { State: EndpointState.Enabled } endpoint)
        {
            return new SqliteLeases(null, [], null);
        }

        var row = session.Endpoints.RowOf(endpointId)!.Value;
        var now = session.Time.Steady;
        var token = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var leased = new List<SqliteLeasedRow>();
        var areAllStarted = started >= max;
        using (var rows = session.Statement(
            """
            UPDATE delivery SET state = 1, attempts = attempts + ?6, lease_token = ?3, lease_until = ?4, next_attempt_at = NULL
            WHERE delivery_id IN (
              SELECT d.delivery_id FROM delivery d INDEXED BY delivery_due
              WHERE d.state = 0 AND d.endpoint_id = ?1 AND d.next_attempt_at <= ?2
                AND (d.ordering_key IS NULL OR NOT EXISTS (
                  SELECT 1 FROM delivery earlier INDEXED BY delivery_order
                  WHERE earlier.holds = 1 AND earlier.endpoint_id = d.endpoint_id
                    AND earlier.ordering_key = d.ordering_key AND earlier.delivery_id < d.delivery_id))
              ORDER BY d.next_attempt_at, d.delivery_id LIMIT ?5)
            RETURNING delivery_id, id, sequence, attempts, attempts - earlier, (SELECT r.id FROM replay r WHERE r.replay_id = delivery.replay_id)
            """).Read(row, SqliteTime.From(now), token, SqliteTime.From(now + duration), (long)max, areAllStarted ? 1L : 0L))
        {
            while (rows.Read())
            {
                var next = areAllStarted ? 0 : 1;
                leased.Add(new SqliteLeasedRow(
                    new SqliteLeaseClaim(rows.GetInt64(0), row, token),
                    new Guid((byte[])rows.GetValue(1), bigEndian: true),
                    rows.GetInt64(2),
                    (int)rows.GetInt64(3) + next,
                    (int)rows.GetInt64(4) + next,
                    areAllStarted,
                    rows.IsDBNull(5) ? null : new Guid((byte[])rows.GetValue(5), bigEndian: true)));
            }
        }

        // The rows that an update returns have no defined order.
        leased.Sort((left, right) => left.Claim.Row.CompareTo(right.Claim.Row));
        for (var index = 0; !areAllStarted && index < Math.Min(started, leased.Count); index++)
        {
            leased[index] = leased[index] with { IsStarted = true };
            session.Statement("UPDATE delivery SET attempts = ?2 WHERE delivery_id = ?1")
                .Execute(leased[index].Claim.Row, (long)leased[index].Attempt);
        }

        return new SqliteLeases(endpoint, leased, NextDueAt(session, row) - now);
    }

    /// <summary>Starts the attempt of a lease that is still held, and extends it.</summary>
    public static bool TryStart(SqliteSession session, DeliveryLease lease, TimeSpan duration)
    {
        var claim = SqliteLeaseClaim.Of(lease);
        return session.Statement(
            "UPDATE delivery SET attempts = ?3, lease_until = ?4 WHERE delivery_id = ?1 AND state = 1 AND lease_token = ?2")
            .Execute(claim.Row, claim.Token, (long)lease.Attempt, SqliteTime.From(session.Time.Steady + duration)) > 0;
    }

    private static DateTimeOffset? NextDueAt(SqliteSession session, long endpoint) => session.Statement(
        """
        SELECT min(next_attempt_at) FROM delivery INDEXED BY delivery_due
        WHERE state = 0 AND next_attempt_at IS NOT NULL AND endpoint_id = ?1
        """).Scalar(endpoint) is long next ? SqliteTime.To(next) : null;
}
