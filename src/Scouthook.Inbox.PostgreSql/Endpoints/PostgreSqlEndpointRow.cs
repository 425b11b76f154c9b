using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Reads and writes endpoints as rows.</summary>
internal static class PostgreSqlEndpointRow
{
    public const string Select =
        """
        SELECT e.endpoint_id, e.id, e.name, e.kind, e.origin, e.url, e.events, e.mailbox_ids, e.states, e.ordering,
          e.timeout, e.concurrency, e.secrets, e.state, e.state_reason, e.failing_since, e.created_at,
          p.dispatched_through, e.undeclared_from, e.revision, e.secret_declared,
          h.failures, h.last_failed_at, h.last_error, h.last_delivered_at, h.failing_days, h.failing_day_at, h.failing_day_age,
          c.fingerprint, c.first_seen_at
        FROM endpoint e JOIN endpoint_position p ON p.endpoint_id = e.endpoint_id
          LEFT JOIN endpoint_health h ON h.endpoint_id = e.endpoint_id
          LEFT JOIN declaration c ON c.declaration_id = e.declaration_id
        """;

    public static (long Row, WebhookEndpoint Endpoint) Read(PostgreSqlRows row) => (row.GetInt64(0), ReadEndpoint(row));

    private static WebhookEndpoint ReadEndpoint(PostgreSqlRows row) => new()
    {
        Id = row.GetGuid(1),
        Definition = new EndpointDefinition
        {
            Name = row.GetString(2),
            Kind = (EndpointKind)row.GetInt64(3),
            Url = row.IsDBNull(5) ? null : new Uri(row.GetString(5)),
            Events = JsonSerializer.Deserialize<string[]>(row.GetString(6))!,
            MailboxIds = JsonSerializer.Deserialize<long[]>(row.GetString(7))!,
            States = (EventStates)row.GetInt64(8),
            Ordering = (EndpointOrdering)row.GetInt64(9),
            Timeout = row.IsDBNull(10) ? null : TimeSpan.FromMicroseconds(row.GetInt64(10)),
            Concurrency = row.IsDBNull(11) ? null : (int)row.GetInt64(11),
        },
        Secrets = row.IsDBNull(12) ? null : row.GetBytes(12),
        Origin = (EndpointOrigin)row.GetInt64(4),
        State = (EndpointState)row.GetInt64(13),
        StateReason = row.IsDBNull(14) ? null : row.GetString(14),
        FailingSince = row.IsDBNull(15) ? null : PostgreSqlTime.To(row.GetInt64(15)),
        CreatedAt = PostgreSqlTime.To(row.GetInt64(16)),
        DispatchedThrough = row.GetInt64(17),
        UndeclaredFrom = row.IsDBNull(18) ? null : (EndpointState)row.GetInt64(18),
        Revision = row.GetInt64(19),
        IsSecretDeclared = row.GetBoolean(20),
        Declaration = row.IsDBNull(28) ? null : row.GetString(28),
        DeclaredSince = Instant(row, 29),
        Health = row.IsDBNull(21) ? EndpointHealth.None : ReadHealth(row, 21),
    };

    private static EndpointHealth ReadHealth(PostgreSqlRows row, int first) => new()
    {
        Failures = (int)row.GetInt64(first),
        LastFailedAt = Instant(row, first + 1),
        LastError = row.IsDBNull(first + 2) ? null : row.GetString(first + 2),
        LastDeliveredAt = Instant(row, first + 3),
        FailingDays = (int)row.GetInt64(first + 4),
        FailingDayAt = Instant(row, first + 5),
        FailingDayAge = Instant(row, first + 6),
    };

    private static DateTimeOffset? Instant(PostgreSqlRows row, int column) =>
        row.IsDBNull(column) ? null : PostgreSqlTime.To(row.GetInt64(column));

    public static string Json<T>(IReadOnlyList<T> values) => JsonSerializer.Serialize(values);
}
