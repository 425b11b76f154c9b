using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Writes changes to endpoints, inside a transaction of the writer.</summary>
internal static class PostgreSqlEndpointWrites
{
    /// <summary>Begins a change with the endpoints as this transaction sees them.</summary>
    public static EndpointChanges Begin(PostgreSqlSession session)
    {
        // One change at a time; and no deliveries are added for endpoints that change.
        session.LockBulk();
        session.Endpoints.Forget();
        return new(
        session.Endpoints.All.Select(endpoint => endpoint with { DispatchedThrough = session.Endpoints.Positions[endpoint.Id] }),
        PostgreSqlDeclarations.Read(session),
        session.Node,
        session.Time.Now,
        start => Position(session, start));
    }

    /// <summary>Writes a change.</summary>
    public static void Write(PostgreSqlSession session, EndpointChanges changes)
    {
        PostgreSqlDeclarations.Write(session, changes.Declared);
        var endpoints = session.Endpoints;
        foreach (var added in changes.Added)
        {
            Insert(session, added);
        }

        foreach (var (before, after) in changes.Changed)
        {
            Update(session, endpoints.RowOf(after.Id)!.Value, before, after);
        }

        foreach (var removed in changes.Removed)
        {
            Remove(session, endpoints.RowOf(removed.Id)!.Value, session.Time.Now);
        }

        PostgreSqlOperationalEvents.Add(session, changes.Raised);
        foreach (var entry in changes.Audit)
        {
            PostgreSqlAudit.Add(session, entry);
        }

        if (changes.Added.Any() || changes.Changed.Any() || changes.Removed.Count > 0)
        {
            endpoints.Forget();
            session.SignalEndpoints();
        }
    }

    private static void Insert(PostgreSqlSession session, WebhookEndpoint added)
    {
        var row = session.Statement(
            """
            INSERT INTO endpoint (
              id, name, kind, origin, url, events, mailbox_ids, states, ordering, timeout, concurrency, secrets, state, created_at,
              secret_declared, declaration_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            RETURNING endpoint_id
            """).Scalar(
            added.Id,
            added.Name,
            (long)added.Definition.Kind,
            (long)added.Origin,
            added.Definition.Url?.AbsoluteUri,
            EndpointRow.Json(added.Definition.Events),
            EndpointRow.Json(added.Definition.MailboxIds),
            (long)added.Definition.States,
            (long)added.Definition.Ordering,
            StoredTime.Microseconds(added.Definition.Timeout),
            added.Definition.Concurrency is { } concurrency ? (long)concurrency : null,
            added.Secrets,
            (long)added.State,
            StoredTime.From(added.CreatedAt),
            added.IsSecretDeclared,
            PostgreSqlDeclarations.RowOf(session, added));
        session.Statement("INSERT INTO endpoint_position (endpoint_id, dispatched_through) VALUES ($1, $2)")
            .Execute(row, added.DispatchedThrough);
        session.SignalEvents();
    }

    private static void Update(PostgreSqlSession session, long row, WebhookEndpoint before, WebhookEndpoint after)
    {
        session.Statement(
            """
            UPDATE endpoint SET url = $2, events = $3, mailbox_ids = $4, states = $5, ordering = $6, timeout = $7,
              concurrency = $8, name = $9, secrets = $10, state = $11, state_reason = $12, undeclared_from = $13, revision = $14,
              secret_declared = $15, declaration_id = $16
            WHERE endpoint_id = $1
            """).Execute(
            row,
            after.Definition.Url?.AbsoluteUri,
            EndpointRow.Json(after.Definition.Events),
            EndpointRow.Json(after.Definition.MailboxIds),
            (long)after.Definition.States,
            (long)after.Definition.Ordering,
            StoredTime.Microseconds(after.Definition.Timeout),
            after.Definition.Concurrency is { } concurrency ? (long)concurrency : null,
            after.Name,
            after.Secrets,
            (long)after.State,
            after.StateReason,
            after.UndeclaredFrom is { } undeclared ? (long)undeclared : null,
            after.Revision,
            after.IsSecretDeclared,
            PostgreSqlDeclarations.RowOf(session, after));
        PostgreSqlEndpointHealth.Write(session, row, before, after);
        if (EndpointChanges.Unblocks(before, after))
        {
            session.LockDeliveries(row);
            PostgreSqlDelivery.UnblockDeadLetters(session, row);
        }

        if (after.State is EndpointState.Enabled && before.State is not EndpointState.Enabled)
        {
            session.SignalDue(after.Id);
        }
    }

    /// <summary>
    /// Removes an endpoint; its row stays for the deliveries that refer to it, and its name becomes available.
    /// </summary>
    private static void Remove(PostgreSqlSession session, long row, DateTimeOffset now)
    {
        session.LockDeliveries(row);
        session.Statement(
            """
            UPDATE endpoint SET state = 2, state_reason = $3, deleted_at = $2, secrets = NULL,
              name = name || ' (deleted ' || replace(id::text, '-', '') || ')', revision = revision + 1
            WHERE endpoint_id = $1
            """).Execute(row, StoredTime.From(now), EndpointEdits.DeletedReason);
        session.Statement("DELETE FROM endpoint_position WHERE endpoint_id = $1").Execute(row);
    }

    private static long Position(PostgreSqlSession session, StartPosition start) => start.Kind switch
    {
        StartKind.Beginning => 0,
        StartKind.Instant => session.Statement(
            """
            SELECT min(sequence) - 1 FROM (
              SELECT sequence FROM event WHERE received_at >= $1 ORDER BY received_at LIMIT 20000) AS first
            """).Scalar(StoredTime.From(start.Since)) is long position ? position : session.NewestEvent,
        _ => session.NewestEvent,
    };
}
