using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Writes changes to endpoints, inside a transaction of the writer.</summary>
internal static class SqliteEndpointWrites
{
    /// <summary>Begins a change with the endpoints as this transaction sees them.</summary>
    public static EndpointChanges Begin(SqliteSession session) => new(
        session.Endpoints.All.Select(endpoint => endpoint with { DispatchedThrough = session.Endpoints.Positions[endpoint.Id] }),
        SqliteDeclarations.Read(session),
        session.Node,
        session.Time.Now,
        start => Position(session, start));

    /// <summary>Writes a change.</summary>
    public static void Write(SqliteSession session, EndpointChanges changes)
    {
        SqliteDeclarations.Write(session, changes.Declared);
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

        foreach (var raised in changes.Raised)
        {
            SqliteOperationalEvents.Add(session, raised);
        }

        foreach (var entry in changes.Audit)
        {
            SqliteAudit.Add(session, entry);
        }

        if (changes.Added.Any() || changes.Changed.Any() || changes.Removed.Count > 0)
        {
            endpoints.Forget();
            session.SignalEndpoints();
        }
    }

    private static void Insert(SqliteSession session, WebhookEndpoint added)
    {
        session.Statement(
            """
            INSERT INTO endpoint (
              id, name, kind, origin, url, events, mailbox_ids, states, ordering, timeout, concurrency, secrets, state, created_at,
              secret_declared, declaration_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            """).Execute(
            added.Id.ToByteArray(bigEndian: true),
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
            added.IsSecretDeclared ? 1L : 0L,
            SqliteDeclarations.RowOf(session, added));
        session.Statement("INSERT INTO endpoint_position (endpoint_id, dispatched_through) VALUES (?1, ?2)")
            .Execute(session.LastSequence, added.DispatchedThrough);
        session.SignalEvents();
    }

    private static void Update(SqliteSession session, long row, WebhookEndpoint before, WebhookEndpoint after)
    {
        session.Statement(
            """
            UPDATE endpoint SET url = ?2, events = ?3, mailbox_ids = ?4, states = ?5, ordering = ?6, timeout = ?7,
              concurrency = ?8, name = ?9, secrets = ?10, state = ?11, state_reason = ?12, undeclared_from = ?13, revision = ?14,
              secret_declared = ?15, declaration_id = ?16
            WHERE endpoint_id = ?1
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
            after.IsSecretDeclared ? 1L : 0L,
            SqliteDeclarations.RowOf(session, after));
        SqliteEndpointHealth.Write(session, row, before, after);
        if (EndpointChanges.Unblocks(before, after))
        {
            SqliteDelivery.UnblockDeadLetters(session, row);
        }

        if (after.State is EndpointState.Enabled && before.State is not EndpointState.Enabled)
        {
            session.SignalDue(after.Id);
        }
    }

    /// <summary>
    /// Removes an endpoint; its row stays for the deliveries that refer to it, and its name becomes available.
    /// </summary>
    private static void Remove(SqliteSession session, long row, DateTimeOffset now)
    {
        session.Statement(
            """
            UPDATE endpoint SET state = 2, state_reason = ?3, deleted_at = ?2, secrets = NULL,
              name = name || ' (deleted ' || lower(hex(id)) || ')', revision = revision + 1
            WHERE endpoint_id = ?1
            """).Execute(row, StoredTime.From(now), EndpointEdits.DeletedReason);
        session.Statement("DELETE FROM endpoint_position WHERE endpoint_id = ?1").Execute(row);
    }

    private static long Position(SqliteSession session, StartPosition start) => start.Kind switch
    {
        StartKind.Beginning => 0,
        StartKind.Instant => session.Statement(SqliteReceipts.First).Scalar(StoredTime.From(start.Since)) is long first
            ? first - 1
            : session.NewestEvent,
        _ => session.NewestEvent,
    };
}
