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
        var first = session.Batch();
        if (EndpointHealthRule.IsAtFault(settlement.Result.Outcome) is true)
        {
            // Counted one by one, and the last one may disable the endpoint.
            session.LockBulk(first);
        }

        session.ShareDeliveries(first, claim.Endpoint);
        Record(session, first, settlement, claim);
        session.Endpoints.Read(first, claim.Endpoint);
        first.Execute();

        var endpoint = session.Endpoints.Find(claim.Endpoint);
        var change = DeliveryRules.After(settlement, endpoint);
        var (isMoved, isReleased) = (false, false);
        var second = session.Batch();
        Move(second, lease, claim, change, time, () => isMoved = true);

        // Also when it is to be retried: an earlier one may have been reopened meanwhile. Without the lease it has no effect.
        PostgreSqlDelivery.ReleaseNext(session, second, claim.Endpoint, claim.OrderingKey, () => isReleased = true);
        second.Execute();
        if (isReleased)
        {
            PostgreSqlDelivery.SignalDue(session, claim.Endpoint);
        }

        if (!isMoved)
        {
            return (SettleOutcome.LeaseExpired, false);
        }

        if (change.State is DeliveryState.DeadLettered
            && OperationalEvents.DeadLettered(lease, change.Reason, time.Now) is { } raised)
        {
            PostgreSqlOperationalEvents.Add(session, raised);
        }

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

    /// <summary>Records the attempt, unless it was recorded before or its delivery is gone.</summary>
    private static void Record(
        PostgreSqlSession session, PostgreSqlBatch batch, Settlement settlement, PostgreSqlLeaseClaim claim) => batch.Add(
        rows =>
        {
            if (rows.Read())
            {
                session.SignalChange();
            }
        },
        """
        WITH recorded AS (
          INSERT INTO attempt (
            delivery_id, number, started_at, duration, outcome, status_code, error, response_headers, response_body)
          SELECT $1, $2, $3, $4, $5, $6::int, $7::text, $8::text, $9::bytea WHERE EXISTS (SELECT 1 FROM delivery WHERE delivery_id = $1)
          ON CONFLICT DO NOTHING RETURNING delivery_id, number)
        INSERT INTO new_attempt (delivery_id, number, after_sequence)
        SELECT delivery_id, number, (SELECT coalesce(max(sequence), 0) FROM event) FROM recorded RETURNING number
        """,
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
        settlement.Result.ResponseBody is { Length: > 0 } body ? body : null);

    /// <summary>Ends the lease, if it is still held.</summary>
    private static void Move(
        PostgreSqlBatch batch, DeliveryLease lease, PostgreSqlLeaseClaim claim, DeliveryChange change, StoreTime time, Action onMoved) => batch.Add(
        rows =>
        {
            if (rows.Read())
            {
                onMoved();
            }
        },
        """
        UPDATE delivery SET
          state = $3, holds = $4, next_attempt_at = $5, reason = $6, settled_at = $7, aged_from = $8, attempts = greatest(attempts, $9),
          lease_token = NULL, lease_until = NULL
        WHERE delivery_id = $1 AND state = 1 AND lease_token = $2 RETURNING delivery_id
        """,
        claim.Row,
        claim.Token,
        (long)change.State,
        change.Blocks,
        change.RetryAfter is { } wait ? StoredTime.From(Later(time.Steady, wait)) : null,
        change.Reason,
        change.IsEnd ? StoredTime.From(time.Now) : null,
        change.IsEnd ? StoredTime.AgedFrom(time.Now, time.Age) : null,
        (long)lease.Attempt);

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
