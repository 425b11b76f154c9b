using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Changes to endpoints, inside a transaction of the writer.</summary>
internal static class SqliteEndpointWrites
{
    public static WebhookEndpoint Insert(
        SqliteSession session,
        EndpointDefinition definition,
        byte[]? secrets,
        EndpointOrigin origin,
        StartPosition start,
        DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        session.Statement(
            """
            INSERT INTO endpoint (
              id, name, kind, origin, url, events, mailbox_ids, states, ordering, timeout, concurrency, secrets, state, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, ?13)
            """).Execute(
            id.ToByteArray(bigEndian: true),
            definition.Name,
            (long)definition.Kind,
            (long)origin,
            definition.Url?.AbsoluteUri,
            SqliteEndpointRow.Json(definition.Events),
            SqliteEndpointRow.Json(definition.MailboxIds),
            (long)definition.States,
            (long)definition.Ordering,
            Microseconds(definition.Timeout),
            definition.Concurrency is { } concurrency ? (long)concurrency : null,
            secrets,
            SqliteTime.From(now));
        session.Statement("INSERT INTO endpoint_position (endpoint_id, dispatched_through) VALUES (?1, ?2)")
            .Execute(session.LastSequence, Position(session, start));
        Changed(session);
        session.SignalEvents();
        return session.Endpoints.Find(id)!;
    }

    /// <summary>Updates the definition of an endpoint; writes nothing if it is unchanged.</summary>
    public static void Update(SqliteSession session, WebhookEndpoint endpoint, EndpointDefinition definition, DateTimeOffset now)
    {
        if (endpoint.Definition.IsSameAs(definition))
        {
            return;
        }

        session.Statement(
            """
            UPDATE endpoint SET url = ?2, events = ?3, mailbox_ids = ?4, states = ?5, ordering = ?6, timeout = ?7,
              concurrency = ?8, name = ?9, revision = revision + 1
            WHERE endpoint_id = ?1
            """).Execute(
            endpoint.RowId,
            definition.Url?.AbsoluteUri,
            SqliteEndpointRow.Json(definition.Events),
            SqliteEndpointRow.Json(definition.MailboxIds),
            (long)definition.States,
            (long)definition.Ordering,
            Microseconds(definition.Timeout),
            definition.Concurrency is { } concurrency ? (long)concurrency : null,
            definition.Name);
        if (endpoint.Definition.Ordering is EndpointOrdering.Strict && definition.Ordering is not EndpointOrdering.Strict)
        {
            LetDeadLettersGo(session, endpoint.RowId, now);
        }

        Changed(session);
    }

    /// <summary>Replaces the secrets, and nothing else.</summary>
    public static void SetSecrets(SqliteSession session, long endpoint, byte[] secrets)
    {
        session.Statement("UPDATE endpoint SET secrets = ?2, revision = revision + 1 WHERE endpoint_id = ?1")
            .Execute(endpoint, secrets);
        Changed(session);
    }

    /// <summary>Records whether the configuration sets the secret.</summary>
    public static void SetSecretDeclared(SqliteSession session, long endpoint, bool isDeclared)
    {
        session.Statement("UPDATE endpoint SET secret_declared = ?2 WHERE endpoint_id = ?1")
            .Execute(endpoint, isDeclared ? 1L : 0L);
        Changed(session);
    }

    /// <summary>
    /// Removes an endpoint; its row stays for the deliveries that refer to it, and its name becomes available.
    /// </summary>
    public static void Remove(SqliteSession session, WebhookEndpoint endpoint, DateTimeOffset now)
    {
        session.Statement(
            """
            UPDATE endpoint SET state = 2, state_reason = 'It was deleted.', deleted_at = ?2, secrets = NULL,
              name = name || ' (deleted ' || lower(hex(id)) || ')', revision = revision + 1
            WHERE endpoint_id = ?1
            """).Execute(endpoint.RowId, SqliteTime.From(now));
        session.Statement("DELETE FROM endpoint_position WHERE endpoint_id = ?1").Execute(endpoint.RowId);
        Changed(session);
    }

    /// <returns>Whether there may be more.</returns>
    public static bool DiscardSome(SqliteSession session, long endpoint, DateTimeOffset now) => session.Statement(
        """
        UPDATE delivery SET state = 4, holds = 0, next_attempt_at = NULL, settled_at = ?2
        WHERE delivery_id IN (
          SELECT delivery_id FROM delivery INDEXED BY delivery_order
          WHERE holds = 1 AND endpoint_id = ?1 AND state <> 1 LIMIT 500)
        """).Execute(endpoint, SqliteTime.From(now)) > 0;

    /// <summary>Sets the state on behalf of an operator or a worker.</summary>
    /// <remarks>
    /// An endpoint no longer declared remains so: the state set now is the one it returns to when declared again.
    /// </remarks>
    public static void SetState(
        SqliteSession session, WebhookEndpoint endpoint, EndpointState state, string? reason, DateTimeOffset now) =>
        SetState(session, endpoint, state, reason, now, endpoint.UndeclaredFrom is null ? null : state);

    /// <summary>Disables an endpoint that is no longer declared, and records its state.</summary>
    public static void Undeclare(SqliteSession session, WebhookEndpoint endpoint, string reason, DateTimeOffset now)
    {
        if (endpoint.State is EndpointState.Disabled)
        {
            SetUndeclaredFrom(session, endpoint, EndpointState.Disabled);
        }
        else
        {
            SetState(session, endpoint, EndpointState.Disabled, reason, now, undeclaredFrom: endpoint.State);
        }
    }

    /// <summary>Returns an endpoint that is declared again to its recorded state.</summary>
    public static void Redeclare(SqliteSession session, WebhookEndpoint endpoint, EndpointState before, DateTimeOffset now)
    {
        if (endpoint.State == before)
        {
            SetUndeclaredFrom(session, endpoint, null);
        }
        else
        {
            SetState(session, endpoint, before, null, now, undeclaredFrom: null);
        }
    }

    public static void Changed(SqliteSession session)
    {
        session.Endpoints.Forget();
        session.SignalEndpoints();
    }

    private static void SetUndeclaredFrom(SqliteSession session, WebhookEndpoint endpoint, EndpointState? before)
    {
        session.Statement("UPDATE endpoint SET undeclared_from = ?2 WHERE endpoint_id = ?1")
            .Execute(endpoint.RowId, before is { } state ? (long)state : null);
        Changed(session);
    }

    private static void SetState(
        SqliteSession session,
        WebhookEndpoint endpoint,
        EndpointState state,
        string? reason,
        DateTimeOffset now,
        EndpointState? undeclaredFrom)
    {
        if (state is EndpointState.Enabled)
        {
            // Earlier failures no longer count; the time of the last one is kept.
            session.Statement(
                """
                UPDATE endpoint_health SET failures = 0, last_error = NULL, failing_days = 0, failing_day_at = NULL,
                  failing_day_age = NULL
                WHERE endpoint_id = ?1
                """).Execute(endpoint.RowId);
        }

        // Re-enabling restarts the failure period.
        session.Statement(
            """
            UPDATE endpoint SET state = ?2, state_reason = ?3, failing_since = CASE ?2 WHEN 0 THEN NULL ELSE failing_since END,
              undeclared_from = ?4, revision = revision + 1
            WHERE endpoint_id = ?1
            """).Execute(endpoint.RowId, (long)state, reason, undeclaredFrom is { } before ? (long)before : null);
        Changed(session);
        if (state is EndpointState.Disabled)
        {
            SqliteOperationalEvents.Add(
                session,
                OperationalEvent.Create(
                    OperationalEvent.EndpointDisabled,
                    $"Endpoint {endpoint.Name} was disabled: {reason}",
                    new JsonObject { ["endpoint"] = OperationalFacts.Of(endpoint), ["reason"] = reason },
                    now));
        }
        else if (state is EndpointState.Enabled)
        {
            session.SignalDue(endpoint.RowId);
        }
    }

    private static void LetDeadLettersGo(SqliteSession session, long endpoint, DateTimeOffset now)
    {
        var keys = new List<long>();
        using (var rows = session.Statement(
            """
            UPDATE delivery SET holds = 0
            WHERE endpoint_id = ?1 AND state = 3 AND holds = 1 AND ordering_key IS NOT NULL RETURNING ordering_key
            """).Read(endpoint))
        {
            while (rows.Read())
            {
                keys.Add(rows.GetInt64(0));
            }
        }

        foreach (var key in keys.Distinct())
        {
            SqliteDelivery.ReleaseNext(session, endpoint, key, now);
        }
    }

    private static long Position(SqliteSession session, StartPosition start) => start.Kind switch
    {
        StartKind.Beginning => 0,
        StartKind.Instant => session.Statement(
            """
            SELECT min(sequence) - 1 FROM (
              SELECT sequence FROM event INDEXED BY event_by_receipt WHERE received_at >= ?1 ORDER BY received_at LIMIT 20000)
            """).Scalar(SqliteTime.From(start.Since)) is long position ? position : Newest(session),
        _ => Newest(session),
    };

    private static long Newest(SqliteSession session) =>
        session.Statement("SELECT max(sequence) FROM event").Scalar() is long newest ? newest : 0;

    private static long? Microseconds(TimeSpan? time) => time is { } value ? (long)value.TotalMicroseconds : null;
}
