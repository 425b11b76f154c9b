using System.Security.Cryptography;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

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
        var leased = Due(session, row, token, now, max);

        // In the order of their resources, whatever they were waiting for.
        leased.Sort((left, right) => left.Claim.Row.CompareTo(right.Claim.Row));
        var until = StoredTime.From(now + duration);
        for (var index = 0; index < leased.Count; index++)
        {
            leased[index] = leased[index] with { IsStarted = index < started };
            session.Statement(
                """
                UPDATE delivery SET state = 1, attempts = ?2, lease_token = ?3, lease_until = ?4, next_attempt_at = NULL
                WHERE delivery_id = ?1
                """).Execute(
                leased[index].Claim.Row, leased[index].Attempt - (index < started ? 0L : 1L), token, until);
        }

        return new SqliteLeases(endpoint, leased, NextDueAt(session, row) - now);
    }

    /// <summary>Starts the attempt of a lease that is still held, and extends it.</summary>
    public static bool TryStart(SqliteSession session, DeliveryLease lease, TimeSpan duration)
    {
        var claim = SqliteLeaseClaim.Of(lease);
        return session.Statement(
            "UPDATE delivery SET attempts = ?3, lease_until = ?4 WHERE delivery_id = ?1 AND state = 1 AND lease_token = ?2")
            .Execute(claim.Row, claim.Token, (long)lease.Attempt, StoredTime.From(session.Time.Steady + duration)) > 0;
    }

    /// <remarks>Read first and updated row by row: an update that returns its rows builds a temporary table each time.</remarks>
    private static List<SqliteLeasedRow> Due(SqliteSession session, long endpoint, long token, DateTimeOffset now, int max)
    {
        var due = new List<SqliteLeasedRow>();
        using var rows = session.Statement(
            """
            SELECT d.delivery_id, d.id, d.sequence, d.attempts, d.attempts - d.earlier, d.ordering_key,
              (SELECT r.id FROM replay r WHERE r.replay_id = d.replay_id)
            FROM delivery d INDEXED BY delivery_due
            WHERE d.state = 0 AND d.endpoint_id = ?1 AND d.next_attempt_at <= ?2
              AND (d.ordering_key IS NULL OR NOT EXISTS (
                SELECT 1 FROM delivery earlier INDEXED BY delivery_order
                WHERE earlier.holds = 1 AND earlier.endpoint_id = d.endpoint_id
                  AND earlier.ordering_key = d.ordering_key AND earlier.delivery_id < d.delivery_id))
            ORDER BY d.next_attempt_at, d.delivery_id LIMIT ?3
            """).Read(endpoint, StoredTime.From(now), (long)max);
        while (rows.Read())
        {
            due.Add(new SqliteLeasedRow(
                new SqliteLeaseClaim(rows.GetInt64(0), endpoint, rows.IsDBNull(5) ? null : rows.GetInt64(5), token),
                new Guid(rows.GetBytes(1), bigEndian: true),
                rows.GetInt64(2),
                (int)rows.GetInt64(3) + 1,
                (int)rows.GetInt64(4) + 1,
                IsStarted: false,
                rows.IsDBNull(6) ? null : new Guid(rows.GetBytes(6), bigEndian: true)));
        }

        return due;
    }

    private static DateTimeOffset? NextDueAt(SqliteSession session, long endpoint) => session.Statement(
        """
        SELECT min(next_attempt_at) FROM delivery INDEXED BY delivery_due
        WHERE state = 0 AND next_attempt_at IS NOT NULL AND endpoint_id = ?1
        """).Scalar(endpoint) is long next ? StoredTime.To(next) : null;
}
