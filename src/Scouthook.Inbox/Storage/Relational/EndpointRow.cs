using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads an endpoint from a row.</summary>
internal static class EndpointRow
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

    public static (long Row, WebhookEndpoint Endpoint) Read(IRow row) => (row.GetInt64(0), new WebhookEndpoint
    {
        Id = row.GetGuid(1),
        Definition = new EndpointDefinition
        {
            Name = row.GetString(2),
            Kind = (EndpointKind)row.GetInt64(3),
            Url = row.TextOrNull(5) is { } url ? new Uri(url) : null,
            Events = JsonSerializer.Deserialize<string[]>(row.GetString(6))!,
            MailboxIds = JsonSerializer.Deserialize<long[]>(row.GetString(7))!,
            States = (EventStates)row.GetInt64(8),
            Ordering = (EndpointOrdering)row.GetInt64(9),
            Timeout = row.NumberOrNull(10) is { } timeout ? TimeSpan.FromMicroseconds(timeout) : null,
            Concurrency = (int?)row.NumberOrNull(11),
        },
        Secrets = row.BytesOrNull(12),
        Origin = (EndpointOrigin)row.GetInt64(4),
        State = (EndpointState)row.GetInt64(13),
        StateReason = row.TextOrNull(14),
        FailingSince = row.InstantOrNull(15),
        CreatedAt = row.Instant(16),
        DispatchedThrough = row.GetInt64(17),
        UndeclaredFrom = (EndpointState?)row.NumberOrNull(18),
        Revision = row.GetInt64(19),
        IsSecretDeclared = row.GetBoolean(20),
        Declaration = row.TextOrNull(28),
        DeclaredSince = row.InstantOrNull(29),
        Health = row.IsDBNull(21) ? EndpointHealth.None : ReadHealth(row, 21),
    });

    /// <summary>Writes a list as it is stored.</summary>
    public static string Json<T>(IReadOnlyList<T> values) => JsonSerializer.Serialize(values);

    private static EndpointHealth ReadHealth(IRow row, int first) => new()
    {
        Failures = (int)row.GetInt64(first),
        LastFailedAt = row.InstantOrNull(first + 1),
        LastError = row.TextOrNull(first + 2),
        LastDeliveredAt = row.InstantOrNull(first + 3),
        FailingDays = (int)row.GetInt64(first + 4),
        FailingDayAt = row.InstantOrNull(first + 5),
        FailingDayAge = row.InstantOrNull(first + 6),
    };
}
