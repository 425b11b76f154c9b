using System.Text.Json;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores the outcome of an attempt.</summary>
internal static class SqliteSettle
{
    /// <param name="session">The transaction.</param>
    /// <param name="settlement">The outcome of the attempt.</param>
    /// <param name="headers">The headers of the response, from <see cref="HeadersOf"/>.</param>
    /// <returns>The outcome, and whether the endpoint was down and has recovered.</returns>
    public static (SettleOutcome Outcome, bool IsUpAgain) Settle(SqliteSession session, Settlement settlement, string? headers)
    {
        var lease = settlement.Lease;
        var claim = SqliteLeaseClaim.Of(lease);
        var time = session.Time;
        if (TryRecord(session, settlement, claim, headers))
        {
            session.Changes.AddAttempt(claim.Row, lease.Attempt);
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
            SqliteOperationalEvents.Add(session, raised);
        }

        // Also when it is to be retried: an earlier one may have been reopened meanwhile.
        SqliteDelivery.ReleaseNext(session, claim.Endpoint, claim.OrderingKey);
        return (SettleOutcome.Settled, UpdateHealth(session, endpoint, settlement, claim.Endpoint, time));
    }

    /// <summary>Writes the headers of a response as they are stored; done by the caller, not on the store's thread.</summary>
    public static string? HeadersOf(AttemptResult result) => result.ResponseHeaders.Count == 0
        ? null
        : JsonSerializer.Serialize(result.ResponseHeaders.Select(header => new[] { header.Key, header.Value }));

    /// <summary>Releases a lease; its attempt does not count.</summary>
    public static bool Release(SqliteSession session, SqliteLeaseClaim claim, bool isStarted)
    {
        var released = session.Statement(
            """
            UPDATE delivery SET state = 0, attempts = attempts - ?4, next_attempt_at = ?3, lease_token = NULL, lease_until = NULL
            WHERE delivery_id = ?1 AND state = 1 AND lease_token = ?2
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
    /// <param name="all">Whether to do so with all leased ones.</param>
    public static int Expire(SqliteSession session, bool all)
    {
        var now = StoredTime.From(session.Time.Steady);
        var expired = new List<(long Endpoint, long? OrderingKey)>();
        using (var rows = session.Statement(
            """
            UPDATE delivery SET state = 0, next_attempt_at = ?1, lease_token = NULL, lease_until = NULL
            WHERE state = 1 AND lease_until <= ?2 RETURNING endpoint_id, ordering_key
            """).Read(now, all ? long.MaxValue : now))
        {
            while (rows.Read())
            {
                expired.Add((rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetInt64(1)));
            }
        }

        foreach (var (endpoint, orderingKey) in expired)
        {
            ReleaseNext(session, endpoint, orderingKey);
            SqliteDelivery.SignalDue(session, endpoint);
        }

        return expired.Count;
    }

    /// <summary>
    /// Lets the next delivery of a key be attempted; those of an endpoint deleted meanwhile are discarded.
    /// </summary>
    private static void ReleaseNext(SqliteSession session, long endpoint, long? orderingKey)
    {
        if (session.Endpoints.Find(endpoint) is null)
        {
            SqliteDelivery.DiscardSome(session, endpoint);
        }
        else
        {
            SqliteDelivery.ReleaseNext(session, endpoint, orderingKey);
        }
    }

    /// <returns><see langword="false"/> if the attempt was recorded before, or if its delivery is gone.</returns>
    private static bool TryRecord(SqliteSession session, Settlement settlement, SqliteLeaseClaim claim, string? headers) => session.Statement(
        """
        INSERT OR IGNORE INTO attempt (
          delivery_id, number, started_at, duration, outcome, status_code, error, response_headers, response_body)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE EXISTS (SELECT 1 FROM delivery WHERE delivery_id = ?1)
        """).Execute(
        claim.Row,
        (long)settlement.Lease.Attempt,
        StoredTime.From(settlement.StartedAt),
        (long)settlement.Result.Duration.TotalMicroseconds,
        (long)settlement.Result.Outcome,
        settlement.Result.StatusCode is { } status ? (long)status : null,
        settlement.Result.Error,
        headers,
        settlement.Result.ResponseBody is { Length: > 0 } body ? body : null) > 0;

    private static bool TryMove(
        SqliteSession session, DeliveryLease lease, SqliteLeaseClaim claim, DeliveryChange change, StoreTime time) => session.Statement(
        """
        UPDATE delivery SET
          state = ?3, holds = ?4, next_attempt_at = ?5, reason = ?6, settled_at = ?7, aged_from = ?8, attempts = max(attempts, ?9),
          lease_token = NULL, lease_until = NULL
        WHERE delivery_id = ?1 AND state = 1 AND lease_token = ?2
        """).Execute(
        claim.Row,
        claim.Token,
        (long)change.State,
        change.Blocks ? 1L : 0L,
        change.RetryAfter is { } wait ? StoredTime.From(Later(time.Steady, wait)) : null,
        change.Reason,
        change.IsEnd ? StoredTime.From(time.Now) : null,
        change.IsEnd ? StoredTime.AgedFrom(time.Now, time.Age) : null,
        (long)lease.Attempt) > 0;

    private static DateTimeOffset Later(DateTimeOffset now, TimeSpan wait) =>
        wait < DateTimeOffset.MaxValue - now ? now + wait : DateTimeOffset.MaxValue;

    private static bool UpdateHealth(
        SqliteSession session, WebhookEndpoint? endpoint, Settlement settlement, long row, StoreTime time)
    {
        if (EndpointHealthRule.After(endpoint, settlement, time) is not { } health)
        {
            return false;
        }

        SqliteEndpointHealth.Write(session, row, endpoint!, health.Endpoint);
        session.Endpoints.Replace(health.Endpoint);
        if (health.DisableReason is { } reason)
        {
            var changes = SqliteEndpointWrites.Begin(session);
            EndpointEdits.SetState(changes, health.Endpoint.Id, EndpointState.Disabled, reason);
            SqliteEndpointWrites.Write(session, changes);
        }

        return health.IsUpAgain;
    }
}
