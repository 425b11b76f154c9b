using System.Text.Json;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Stores the outcome of an attempt.</summary>
internal static class PostgreSqlSettle
{
    /// <returns>The outcome, and whether the endpoint was down and has recovered.</returns>
    public static (SettleOutcome Outcome, bool IsUpAgain) Settle(PostgreSqlSession session, Settlement settlement)
    {
        var lease = settlement.Lease;
        var claim = PostgreSqlLeaseClaim.Of(lease);
        var time = session.Time;
        if (EndpointHealthRule.IsAtFault(settlement.Result.Outcome) is true)
        {
            // Counted one by one, and the last one may disable the endpoint.
            session.LockBulk();
        }

        session.ShareDeliveries(claim.Endpoint);
        if (TryRecord(session, settlement, claim))
        {
            session.Statement(
                """
                INSERT INTO new_attempt (delivery_id, number, after_sequence)
                VALUES ($1, $2, (SELECT coalesce(max(sequence), 0) FROM event))
                """).Execute(claim.Row, lease.Attempt);
            session.SignalChange();
        }

        var endpoint = session.Endpoints.Find(claim.Endpoint);
        var change = DeliveryRules.After(settlement, endpoint);
        if (!TryMove(session, lease, claim, change, time))
        {
            return (SettleOutcome.LeaseExpired, false);
        }

        if (change.State is DeliveryState.DeadLettered
            && OperationalEvents.DeadLettered(lease, change.Reason, time.Now) is { } raised)
        {
            PostgreSqlOperationalEvents.Add(session, raised);
        }

        // Also when it is to be retried: an earlier one may have been reopened meanwhile.
        PostgreSqlDelivery.ReleaseNext(session, claim.Endpoint, claim.OrderingKey);
        return (SettleOutcome.Settled, UpdateHealth(session, endpoint, settlement, claim.Endpoint, time));
    }

    /// <summary>Releases a lease; its attempt does not count.</summary>
    public static bool Release(PostgreSqlSession session, PostgreSqlLeaseClaim claim, bool isStarted)
    {
        session.ShareDeliveries(claim.Endpoint);
        var released = session.Statement(
            """
            UPDATE delivery SET state = 0, attempts = attempts - $4, next_attempt_at = $3, lease_token = NULL, lease_until = NULL
            WHERE delivery_id = $1 AND state = 1 AND lease_token = $2
            """).Execute(claim.Row, claim.Token, StoredTime.From(session.Time.Steady), isStarted ? 1L : 0L);
        if (released == 0)
        {
            return false;
        }

        ReleaseNext(session, claim.Endpoint, claim.OrderingKey);
        return true;
    }

    /// <summary>Makes deliveries with expired leases pending again.</summary>
    /// <param name="session">The transaction.</param>
    public static int Expire(PostgreSqlSession session)
    {
        var now = StoredTime.From(session.Time.Steady);
        var expired = new List<(long Endpoint, long? OrderingKey)>();
        var endpoints = WithExpired(session, now);
        if (endpoints.Count == 0)
        {
            return 0;
        }

        session.LockBulk();
        endpoints.ForEach(session.ShareDeliveries);
        using (var rows = session.Statement(
            """
            UPDATE delivery SET state = 0, next_attempt_at = $1, lease_token = NULL, lease_until = NULL
            WHERE state = 1 AND lease_until <= $1 AND endpoint_id = ANY($2) RETURNING endpoint_id, ordering_key
            """).Read(now, endpoints.Select(endpoint => (int)endpoint).ToArray()))
        {
            while (rows.Read())
            {
                expired.Add((rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetInt64(1)));
            }
        }

        foreach (var (endpoint, orderingKey) in expired)
        {
            ReleaseNext(session, endpoint, orderingKey);
            PostgreSqlDelivery.SignalDue(session, endpoint);
        }

        return expired.Count;
    }

    private static List<long> WithExpired(PostgreSqlSession session, long now)
    {
        var endpoints = new List<long>();
        using var rows = session.Statement(
            "SELECT DISTINCT endpoint_id FROM delivery WHERE state = 1 AND lease_until <= $1 ORDER BY endpoint_id").Read(now);
        while (rows.Read())
        {
            endpoints.Add(rows.GetInt64(0));
        }

        return endpoints;
    }

    /// <summary>
    /// Lets the next delivery of a key be attempted; those of an endpoint deleted meanwhile are discarded.
    /// </summary>
    private static void ReleaseNext(PostgreSqlSession session, long endpoint, long? orderingKey)
    {
        if (session.Endpoints.Find(endpoint) is null)
        {
            PostgreSqlDelivery.DiscardSome(session, endpoint);
        }
        else
        {
            PostgreSqlDelivery.ReleaseNext(session, endpoint, orderingKey);
        }
    }

    /// <returns><see langword="false"/> if the attempt was recorded before, or if its delivery is gone.</returns>
    private static bool TryRecord(PostgreSqlSession session, Settlement settlement, PostgreSqlLeaseClaim claim) => session.Statement(
        """
        INSERT INTO attempt (
          delivery_id, number, started_at, duration, outcome, status_code, error, response_headers, response_body)
        SELECT $1, $2, $3, $4, $5, $6::int, $7::text, $8::text, $9::bytea WHERE EXISTS (SELECT 1 FROM delivery WHERE delivery_id = $1)
        ON CONFLICT DO NOTHING
        """).Execute(
        claim.Row,
        (long)settlement.Lease.Attempt,
        StoredTime.From(settlement.StartedAt),
        (long)settlement.Result.Duration.TotalMicroseconds,
        (long)settlement.Result.Outcome,
        settlement.Result.StatusCode is { } status ? (long)status : null,
        settlement.Result.Error,
        settlement.Result.ResponseHeaders.Count == 0
            ? null
            : JsonSerializer.Serialize(settlement.Result.ResponseHeaders.Select(header => new[] { header.Key, header.Value })),
        settlement.Result.ResponseBody is { Length: > 0 } body ? body : null) > 0;

    private static bool TryMove(
        PostgreSqlSession session, DeliveryLease lease, PostgreSqlLeaseClaim claim, DeliveryChange change, StoreTime time) => session.Statement(
        """
        UPDATE delivery SET
          state = $3, holds = $4, next_attempt_at = $5, reason = $6, settled_at = $7, aged_from = $8, attempts = greatest(attempts, $9),
          lease_token = NULL, lease_until = NULL
        WHERE delivery_id = $1 AND state = 1 AND lease_token = $2
        """).Execute(
        claim.Row,
        claim.Token,
        (long)change.State,
        change.Blocks,
        change.RetryAfter is { } wait ? StoredTime.From(Later(time.Steady, wait)) : null,
        change.Reason,
        change.IsEnd ? StoredTime.From(time.Now) : null,
        change.IsEnd ? StoredTime.AgedFrom(time.Now, time.Age) : null,
        (long)lease.Attempt) > 0;

    private static DateTimeOffset Later(DateTimeOffset now, TimeSpan wait) =>
        wait < DateTimeOffset.MaxValue - now ? now + wait : DateTimeOffset.MaxValue;

    private static bool UpdateHealth(
        PostgreSqlSession session, WebhookEndpoint? endpoint, Settlement settlement, long row, StoreTime time)
    {
        if (EndpointHealthRule.After(endpoint, settlement, time) is not { } health)
        {
            return false;
        }

        PostgreSqlEndpointHealth.Write(session, row, endpoint!, health.Endpoint);
        session.Endpoints.Replace(health.Endpoint);
        if (health.DisableReason is { } reason)
        {
            var changes = PostgreSqlEndpointWrites.Begin(session);
            EndpointEdits.SetState(changes, health.Endpoint.Id, EndpointState.Disabled, reason);
            PostgreSqlEndpointWrites.Write(session, changes);
        }

        return health.IsUpAgain;
    }
}
