using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Stores the outcome of an attempt.</summary>
internal static class SqliteSettle
{
    public static SettleOutcome Settle(SqliteSession session, Settlement settlement)
    {
        var lease = settlement.Lease;
        Record(session, settlement);
        session.Changes.AddAttempt(lease.RowId, lease.Attempt);
        if (settlement.State is DeliveryState.Pending && session.Endpoints.Find(lease.Endpoint.RowId) is null)
        {
            // The endpoint was deleted during the attempt, so there is nothing to retry for.
            settlement = settlement with { State = DeliveryState.Discarded, NextAttemptAt = null };
        }

        if (!TryMove(session, settlement, out var orderingKey))
        {
            return SettleOutcome.Late;
        }

        var endpoint = lease.Endpoint.RowId;
        if (settlement.State is DeliveryState.DeadLettered)
        {
            Raise(session, OperationalEvent.DeadLettered, settlement);
        }

        // Also when it is to be retried: an earlier one may have been reopened meanwhile.
        SqliteDelivery.ReleaseNext(session, endpoint, orderingKey, settlement.At);

        return SqliteEndpointHealth.Note(session, settlement) ? SettleOutcome.EndpointUpAgain : SettleOutcome.Settled;
    }

    /// <summary>Releases a lease; its attempt does not count.</summary>
    public static bool Release(SqliteSession session, DeliveryLease lease, DateTimeOffset now)
    {
        using var row = session.Statement(
            """
            UPDATE delivery SET state = 0, attempts = attempts - 1, next_attempt_at = ?3, lease_token = NULL, lease_until = NULL
            WHERE delivery_id = ?1 AND state = 1 AND lease_token = ?2 RETURNING ordering_key
            """).Read(lease.RowId, lease.Token, session.Waiting(now));
        if (!row.Read())
        {
            return false;
        }

        ReleaseNext(session, lease.Endpoint.RowId, row.IsDBNull(0) ? null : row.GetInt64(0), now);
        return true;
    }

    /// <summary>Makes deliveries with expired leases pending again; all leased ones if no time is given.</summary>
    public static int Expire(SqliteSession session, DateTimeOffset now, bool all)
    {
        var expired = new List<(long Endpoint, long? OrderingKey)>();
        using (var rows = session.Statement(
            """
            UPDATE delivery SET state = 0, next_attempt_at = ?1, lease_token = NULL, lease_until = NULL
            WHERE state = 1 AND lease_until <= ?2 RETURNING endpoint_id, ordering_key
            """).Read(session.Waiting(now), all ? long.MaxValue : session.Waiting(now)))
        {
            while (rows.Read())
            {
                expired.Add((rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetInt64(1)));
            }
        }

        foreach (var (endpoint, orderingKey) in expired)
        {
            ReleaseNext(session, endpoint, orderingKey, now);
            session.SignalDue(endpoint);
        }

        return expired.Count;
    }

    /// <summary>
    /// Lets the next delivery of a key be attempted; those of an endpoint deleted meanwhile are discarded.
    /// </summary>
    private static void ReleaseNext(SqliteSession session, long endpoint, long? orderingKey, DateTimeOffset now)
    {
        if (session.Endpoints.Find(endpoint) is null)
        {
            SqliteEndpointWrites.DiscardSome(session, endpoint, now);
        }
        else
        {
            SqliteDelivery.ReleaseNext(session, endpoint, orderingKey, now);
        }
    }

    private static void Record(SqliteSession session, Settlement settlement) => session.Statement(
        """
        INSERT OR IGNORE INTO attempt (
          delivery_id, number, started_at, duration, outcome, status_code, error, response_headers, response_body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """).Execute(
        settlement.Lease.RowId,
        (long)settlement.Lease.Attempt,
        SqliteTime.From(settlement.StartedAt),
        (long)settlement.Result.Duration.TotalMicroseconds,
        (long)settlement.Result.Outcome,
        settlement.Result.StatusCode is { } status ? (long)status : null,
        settlement.Result.Error,
        settlement.Result.ResponseHeaders.Count == 0
            ? null
            : JsonSerializer.Serialize(settlement.Result.ResponseHeaders.Select(header => new[] { header.Key, header.Value })),
        settlement.Result.ResponseBody is { Length: > 0 } body ? body : null);

    private static bool TryMove(SqliteSession session, Settlement settlement, out long? orderingKey)
    {
        var isEnd = settlement.State is not DeliveryState.Pending;
        var ordering = session.Endpoints.Find(settlement.Lease.Endpoint.RowId)?.Definition.Ordering;
        var holds = !isEnd || (settlement.State is DeliveryState.DeadLettered && ordering is EndpointOrdering.Strict);
        using var row = session.Statement(
            """
            UPDATE delivery SET
              state = ?3, holds = ?4, next_attempt_at = ?5, reason = ?6, settled_at = ?7, aged_from = ?8,
              lease_token = NULL, lease_until = NULL
            WHERE delivery_id = ?1 AND state = 1 AND lease_token = ?2 RETURNING ordering_key
            """).Read(
            settlement.Lease.RowId,
            settlement.Lease.Token,
            (long)settlement.State,
            holds ? 1L : 0L,
            settlement.NextAttemptAt is { } next ? session.Waiting(next) : null,
            settlement.Reason,
            isEnd ? SqliteTime.From(settlement.At) : null,
            isEnd ? SqliteTime.AgedFrom(settlement.At, session.Age) : null);
        var isMoved = row.Read();
        orderingKey = isMoved && !row.IsDBNull(0) ? row.GetInt64(0) : null;
        return isMoved;
    }

    private static void Raise(SqliteSession session, string name, Settlement settlement)
    {
        var lease = settlement.Lease;
        if (lease.Event.Source == OperationalEvent.Source)
        {
            // Events about events that cannot be delivered would never end.
            return;
        }

        SqliteOperationalEvents.Add(
            session,
            OperationalEvent.Create(
                name,
                $"A delivery to {lease.Endpoint.Name} became a dead letter: {settlement.Reason}",
                new JsonObject
                {
                    ["endpoint"] = OperationalFacts.Of(lease.Endpoint),
                    ["delivery"] = new JsonObject { ["id"] = lease.DeliveryId, ["attempts"] = lease.Attempt },
                    ["event"] = new JsonObject
                    {
                        ["id"] = lease.Event.Id,
                        ["sequence"] = lease.Event.Sequence,
                        ["type"] = Events.HelpScoutEventCatalog.DisplayName(lease.Event.EventType),
                    },
                    ["reason"] = settlement.Reason,
                },
                settlement.At));
    }
}
