using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Writes the health of an endpoint, apart from its other columns: it changes with every failed attempt.</summary>
internal static class SqliteEndpointHealth
{
    public static void Write(SqliteSession session, long row, WebhookEndpoint before, WebhookEndpoint after)
    {
        if (after.FailingSince != before.FailingSince)
        {
            session.Statement("UPDATE endpoint SET failing_since = ?2 WHERE endpoint_id = ?1")
                .Execute(row, StoredTime.From(after.FailingSince));
        }

        var health = after.Health;
        if (health == before.Health)
        {
            return;
        }

        session.Statement(
            """
            INSERT INTO endpoint_health (
              endpoint_id, failures, last_failed_at, last_error, last_delivered_at, failing_days, failing_day_at, failing_day_age)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (endpoint_id) DO UPDATE SET failures = ?2, last_failed_at = ?3, last_error = ?4,
              last_delivered_at = ?5, failing_days = ?6, failing_day_at = ?7, failing_day_age = ?8
            """).Execute(
            row,
            (long)health.Failures,
            StoredTime.From(health.LastFailedAt),
            health.LastError,
            StoredTime.From(health.LastDeliveredAt),
            (long)health.FailingDays,
            StoredTime.From(health.FailingDayAt),
            StoredTime.From(health.FailingDayAge));
    }
}
