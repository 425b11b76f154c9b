using System.Security.Cryptography;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Leases due deliveries of one endpoint, in the order of their resources.</summary>
internal static class PostgreSqlLease
{
    public static PostgreSqlLeases Take(PostgreSqlSession session, Guid endpointId, int max, int started, TimeSpan duration)
    {
        if (session.Endpoints.Find(endpointId) is not { State: EndpointState.Enabled } endpoint)
        {
            return new PostgreSqlLeases(null, [], null);
        }

        var row = session.Endpoints.RowOf(endpointId)!.Value;
        session.ShareDeliveries(row);
        var now = session.Time.Steady;
        var token = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var leased = Due(session, row, token, now, max);

        // In the order of their resources, whatever they were waiting for.
        leased.Sort((left, right) => left.Claim.Row.CompareTo(right.Claim.Row));
        var until = StoredTime.From(now + duration);
        for (var index = 0; index < leased.Count; index++)
        {
            leased[index] = leased[index] with { IsStarted = index < started };
        }

        if (leased.Count > 0)
        {
            session.Statement(
                """
                UPDATE delivery d SET state = 1, attempts = l.attempts, lease_token = $3, lease_until = $4, next_attempt_at = NULL
                FROM unnest($1::bigint[], $2::int[]) AS l (delivery_id, attempts) WHERE d.delivery_id = l.delivery_id
                """).Execute(
                leased.Select(one => one.Claim.Row).ToArray(),
                leased.Select(one => one.IsStarted ? one.Attempt : one.Attempt - 1).ToArray(),
                token,
                until);
        }

        return new PostgreSqlLeases(endpoint, leased, NextDueAt(session, row) - now);
    }

    /// <summary>Starts the attempt of a lease that is still held, and extends it.</summary>
    public static bool TryStart(PostgreSqlSession session, DeliveryLease lease, TimeSpan duration)
    {
        var claim = PostgreSqlLeaseClaim.Of(lease);
        return session.Statement(
            "UPDATE delivery SET attempts = $3, lease_until = $4 WHERE delivery_id = $1 AND state = 1 AND lease_token = $2")
            .Execute(claim.Row, claim.Token, (long)lease.Attempt, StoredTime.From(session.Time.Steady + duration)) > 0;
    }

    /// <remarks>Rows that another node is leasing or settling are skipped; behind them, nothing of their key is due.</remarks>
    private static List<PostgreSqlLeasedRow> Due(PostgreSqlSession session, long endpoint, long token, DateTimeOffset now, int max)
    {
        var due = new List<PostgreSqlLeasedRow>();
        using var rows = session.Statement(
            """
            SELECT d.delivery_id, d.id, d.sequence, d.attempts, d.attempts - d.earlier, d.ordering_key,
              (SELECT r.id FROM replay r WHERE r.replay_id = d.replay_id)
            FROM delivery d
            WHERE d.state = 0 AND d.endpoint_id = $1 AND d.next_attempt_at <= $2
              AND (d.ordering_key IS NULL OR NOT EXISTS (
                SELECT 1 FROM delivery earlier
                WHERE earlier.holds AND earlier.endpoint_id = d.endpoint_id
                  AND earlier.ordering_key = d.ordering_key AND earlier.delivery_id < d.delivery_id))
            ORDER BY d.next_attempt_at, d.delivery_id LIMIT $3
            FOR UPDATE OF d SKIP LOCKED
            """).Read(endpoint, StoredTime.From(now), (long)max);
        while (rows.Read())
        {
            due.Add(new PostgreSqlLeasedRow(
                new PostgreSqlLeaseClaim(rows.GetInt64(0), endpoint, rows.IsDBNull(5) ? null : rows.GetInt64(5), token),
                rows.GetGuid(1),
                rows.GetInt64(2),
                (int)rows.GetInt64(3) + 1,
                (int)rows.GetInt64(4) + 1,
                IsStarted: false,
                rows.IsDBNull(6) ? null : rows.GetGuid(6)));
        }

        return due;
    }

    private static DateTimeOffset? NextDueAt(PostgreSqlSession session, long endpoint) => session.Statement(
        """
        SELECT min(next_attempt_at) FROM delivery
        WHERE state = 0 AND next_attempt_at IS NOT NULL AND endpoint_id = $1
        """).Scalar(endpoint) is long next ? StoredTime.To(next) : null;
}
