using System.Globalization;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Records the health of each endpoint, and disables one that has only failed for days.</summary>
/// <remarks>
/// A day of failures counts when an attempt fails at least a day after the count began or last went up, by the age
/// clock and by the clock for waits. So neither a wall clock that jumps, nor a pause between two failures, nor an age
/// clock that catches up turns hours into days.
/// </remarks>
internal static class SqliteEndpointHealth
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Saves a write for most deliveries, with no visible difference for readers.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <returns>Whether the endpoint was down and has recovered.</returns>
    public static bool Note(SqliteSession session, Settlement settlement)
    {
        var endpoint = session.Endpoints.Find(settlement.Lease.Endpoint.RowId);
        if (endpoint is null || settlement.IsFailureOfEndpoint is not { } isFailure)
        {
            return false;
        }

        if (endpoint.Revision != settlement.Lease.Endpoint.Revision)
        {
            // Leased before the endpoint was resumed or changed: the outcome must not disable its present state.
            return false;
        }

        if (!isFailure)
        {
            Succeed(session, endpoint, settlement);
            return endpoint.Condition is EndpointCondition.Down;
        }

        Fail(session, endpoint, settlement);
        return false;
    }

    private static void Succeed(SqliteSession session, WebhookEndpoint endpoint, Settlement settlement)
    {
        var health = endpoint.Health;
        var isDelivered = settlement.State is DeliveryState.Delivered;
        if (endpoint.FailingSince is null
            && health.LastFailedAt is null
            && (!isDelivered
                || (settlement.At >= health.LastDeliveredAt && settlement.At - health.LastDeliveredAt < Resolution)))
        {
            return;
        }

        Write(session, endpoint, null, new EndpointHealth
        {
            LastDeliveredAt = isDelivered ? settlement.At : health.LastDeliveredAt,
        });
    }

    private static void Fail(SqliteSession session, WebhookEndpoint endpoint, Settlement settlement)
    {
        var now = settlement.At;
        var age = session.Age ?? now;

        // A beginning in the future was recorded while the clock was wrong.
        var since = endpoint.FailingSince <= now ? endpoint.FailingSince.Value : now;
        var health = Count(endpoint.Health, SqliteTime.To(session.Waiting(now)), age) with
        {
            Failures = endpoint.Health.Failures + 1,
            LastFailedAt = now,
            LastError = settlement.Result.Error ?? settlement.Result.Outcome.ToString(),
        };
        Write(session, endpoint, since, health);

        var reason = settlement.DisableReason ?? (health.FailingDays >= settlement.MaxFailing.TotalDays
            ? string.Create(
                CultureInfo.InvariantCulture, $"Every attempt of the last {settlement.MaxFailing.TotalDays:0.#} days failed.")
            : null);
        if (reason is not null && endpoint.State is EndpointState.Enabled)
        {
            SqliteEndpointWrites.SetState(session, session.Endpoints.Find(endpoint.RowId)!, EndpointState.Disabled, reason, now);
        }
    }

    private static EndpointHealth Count(EndpointHealth health, DateTimeOffset now, DateTimeOffset age)
    {
        if (health.FailingDayAt is not { } dayAt || health.FailingDayAge is not { } dayAge || dayAt > now)
        {
            return health with { FailingDayAt = now, FailingDayAge = health.FailingDayAge ?? age };
        }

        if (now - dayAt < Day || age - dayAge < Day)
        {
            return health;
        }

        // The time beyond a day counts towards the next one, so that days do not become longer.
        return health with
        {
            FailingDays = health.FailingDays + 1,
            FailingDayAt = now.AddTicks(-((now - dayAt).Ticks % Day.Ticks)),
            FailingDayAge = age.AddTicks(-((age - dayAge).Ticks % Day.Ticks)),
        };
    }

    private static void Write(SqliteSession session, WebhookEndpoint endpoint, DateTimeOffset? since, EndpointHealth health)
    {
        if (since != endpoint.FailingSince)
        {
            session.Statement("UPDATE endpoint SET failing_since = ?2 WHERE endpoint_id = ?1")
                .Execute(endpoint.RowId, Microseconds(since));
        }

        session.Statement(
            """
            INSERT INTO endpoint_health (
              endpoint_id, failures, last_failed_at, last_error, last_delivered_at, failing_days, failing_day_at, failing_day_age)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (endpoint_id) DO UPDATE SET failures = ?2, last_failed_at = ?3, last_error = ?4,
              last_delivered_at = ?5, failing_days = ?6, failing_day_at = ?7, failing_day_age = ?8
            """).Execute(
            endpoint.RowId,
            (long)health.Failures,
            Microseconds(health.LastFailedAt),
            health.LastError,
            Microseconds(health.LastDeliveredAt),
            (long)health.FailingDays,
            Microseconds(health.FailingDayAt),
            Microseconds(health.FailingDayAge));
        session.Endpoints.Replace(endpoint with { FailingSince = since, Health = health });
    }

    private static long? Microseconds(DateTimeOffset? instant) => instant is { } at ? SqliteTime.From(at) : null;
}
